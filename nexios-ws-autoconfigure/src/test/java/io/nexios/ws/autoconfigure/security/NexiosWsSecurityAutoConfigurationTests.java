/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.nexios.ws.autoconfigure.security;

import io.nexios.ws.WSRouter;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.server.handler.HandlerExtensions;
import io.nexios.ws.server.login.SessionConnections;
import io.nexios.ws.spi.FailureStatusResolver;
import io.nexios.ws.spi.PrincipalExpiry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NexiosWsSecurityAutoConfiguration}.
 *
 * @author Nexios Team
 */
class NexiosWsSecurityAutoConfigurationTests {

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(NexiosWsAutoConfiguration.class, NexiosWsSecurityAutoConfiguration.class))
		.withBean(WSRouter.class);

	private final FailureStatusResolver resolver = new SecurityFailureStatusResolver();

	@Test
	void resolverIsThereWithSpringSecurity() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(SecurityFailureStatusResolver.class));
	}

	@Test
	void resolverIsNotThereWithoutSpringSecurity() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FailureStatusResolver.class));
	}

	@Test
	void resolverIsNotThereIfNothingIsServed() {
		this.contextRunner.withPropertyValues("nexios.ws.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(FailureStatusResolver.class));
	}

	@Test
	void contextAndLogoutAreThereWithSpringSecurity() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(SecurityHandlerContext.class)
			.hasSingleBean(LogoutListener.class)
			.hasSingleBean(OAuth2TokenExpiry.class));
	}

	@Test
	void logoutIsOfNoInterestIfConnectionsOutliveTheirSession() {
		this.contextRunner.withPropertyValues("nexios.ws.security.close-on-session-end=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SessionConnections.class)
				.doesNotHaveBean(LogoutListener.class));
	}

	@Test
	void tokensAreOfNoInterestWithoutOAuth2() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.security.oauth2"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PrincipalExpiry.class));
	}

	@Test
	void expiriesCountIfAskedTo() {
		this.contextRunner.run((context) -> assertThat(context.getBean(HandlerExtensions.class).expiries()).isEmpty());
		this.contextRunner.withPropertyValues("nexios.ws.security.close-on-token-expiry=true")
			.run((context) -> assertThat(context.getBean(HandlerExtensions.class).expiries()).hasSize(1));
	}

	@Test
	void failedAuthenticationIsUnauthorized() {
		assertThat(this.resolver.resolve(new BadCredentialsException("no"), true)).isEqualTo(HttpStatus.UNAUTHORIZED);
	}

	@Test
	void deniedUserIsForbidden() {
		assertThat(this.resolver.resolve(new AccessDeniedException("no"), true)).isEqualTo(HttpStatus.FORBIDDEN);
	}

	@Test
	void deniedStrangerIsUnauthorized() {
		assertThat(this.resolver.resolve(new AccessDeniedException("no"), false)).isEqualTo(HttpStatus.UNAUTHORIZED);
	}

	@Test
	void otherFailureIsNoneOfItsBusiness() {
		assertThat(this.resolver.resolve(new IllegalStateException("no"), true)).isNull();
	}

}
