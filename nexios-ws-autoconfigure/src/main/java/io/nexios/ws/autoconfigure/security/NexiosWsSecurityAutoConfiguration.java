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

import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.server.login.SessionConnections;
import io.nexios.ws.spi.TicketPrincipalCodec;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.core.AbstractOAuth2Token;

/**
 * Auto-configuration for Spring Security. Handlers have the authentication of their
 * request. Denied access, for example to a method with {@code @PreAuthorize}, is answered
 * with 401 or 403, or closes the connection with 1008. Connections end with a logout or
 * with their token.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@AutoConfiguration(after = NexiosWsAutoConfiguration.class)
@ConditionalOnClass(AccessDeniedException.class)
@ConditionalOnBean(NexiosWsAutoConfiguration.class)
public final class NexiosWsSecurityAutoConfiguration {

	@Bean
	SecurityFailureStatusResolver nexiosWsSecurityFailureStatusResolver() {
		return new SecurityFailureStatusResolver();
	}

	@Bean
	SecurityHandlerContext nexiosWsSecurityHandlerContext(ObjectProvider<SecurityContextHolderStrategy> holder) {
		return new SecurityHandlerContext(holder.getIfUnique(SecurityContextHolder::getContextHolderStrategy));
	}

	@Bean
	@ConditionalOnMissingBean(TicketPrincipalCodec.class)
	AuthenticationCodec nexiosWsAuthenticationCodec() {
		return new AuthenticationCodec();
	}

	@Bean
	@ConditionalOnBean(SessionConnections.class)
	LogoutListener nexiosWsLogoutListener(SessionConnections connections) {
		return new LogoutListener(connections);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(AbstractOAuth2Token.class)
	static class OAuth2Configuration {

		@Bean
		OAuth2TokenExpiry nexiosWsOAuth2TokenExpiry() {
			return new OAuth2TokenExpiry();
		}

	}

}
