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

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.WSRouter;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.autoconfigure.NexiosWsProperties;
import io.nexios.ws.spi.SessionLookup;
import io.nexios.ws.ticket.HandshakeTickets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.session.MapSessionRepository;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NexiosWsSessionAutoConfiguration}.
 *
 * @author Nexios Team
 */
class NexiosWsSessionAutoConfigurationTests {

	private static final String INTERVAL = "nexios.ws.security.session-check-interval=";

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(NexiosWsAutoConfiguration.class, NexiosWsSessionAutoConfiguration.class))
		.withBean(WSRouter.class);

	private final WebApplicationContextRunner withoutSecurity = this.contextRunner
		.withClassLoader(new FilteredClassLoader("org.springframework.security"));

	@Test
	void nothingIsThereWithoutSpringSession() {
		this.contextRunner
			.withClassLoader(new FilteredClassLoader("org.springframework.session", "org.springframework.security"))
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.doesNotHaveBean(SessionLookup.class)
					.doesNotHaveBean(SessionFollowingFilter.class);
				assertThat(isChecking(context)).isFalse();
			});
	}

	@Test
	void nothingIsThereWithoutARepository() {
		this.withoutSecurity.run((context) -> {
			assertThat(context).hasNotFailed()
				.doesNotHaveBean(SessionLookup.class)
				.doesNotHaveBean(SessionFollowingFilter.class);
			assertThat(isChecking(context)).isFalse();
		});
	}

	@Test
	void repositoryIsFollowedAndAsked() {
		this.withoutSecurity
			.withBean(MapSessionRepository.class, () -> new MapSessionRepository(new ConcurrentHashMap<>()))
			.run((context) -> {
				assertThat(context).hasSingleBean(SpringSessionLookup.class)
					.hasSingleBean(SessionFollowingFilter.class);
				assertThat(isChecking(context)).isTrue();
			});
	}

	@ParameterizedTest
	@CsvSource({ "30s, true", "100ms, true", "24h, true", "0, false" })
	void repositoryThatTellsIsAskedOnlyIfThatIsConfigured(String interval, boolean checking) {
		WebApplicationContextRunner telling = this.withoutSecurity.withBean(SessionStore.TellingRepository.class);
		telling.run((context) -> assertThat(isChecking(context)).isFalse());
		telling.withPropertyValues(INTERVAL + interval)
			.run((context) -> assertThat(isChecking(context)).isEqualTo(checking));
	}

	@Test
	void intervalIsInSecondsUnlessItSaysOtherwise() {
		this.contextRunner.withPropertyValues(INTERVAL + "45")
			.run((context) -> assertThat(
					context.getBean(NexiosWsProperties.class).getSecurity().getSessionCheckInterval())
				.isEqualTo(Duration.ofSeconds(45)));
	}

	@Test
	void registryOfTheApplicationIsAsked() {
		this.contextRunner.withBean(SessionRegistryImpl.class).run((context) -> {
			assertThat(context).hasSingleBean(SessionRegistryLookup.class).doesNotHaveBean(OwnSessionRegistries.class);
			assertThat(isChecking(context)).isTrue();
		});
	}

	@Test
	void applicationWithoutRegistryGetsSome() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(OwnSessionRegistries.class)
			.doesNotHaveBean(SessionRegistryLookup.class));
	}

	@Test
	void nothingIsThereIfConnectionsOutliveTheirSession() {
		this.contextRunner
			.withBean(MapSessionRepository.class, () -> new MapSessionRepository(new ConcurrentHashMap<>()))
			.withPropertyValues("nexios.ws.security.close-on-session-end=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SessionLookup.class));
	}

	@Test
	void severalKindsOfTicketsAreFollowed() {
		this.contextRunner.withBean("short", HandshakeTickets.class)
			.withBean("long", HandshakeTickets.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static boolean isChecking(AssertableWebApplicationContext context) {
		return ReflectionTestUtils.getField(context.getBean("nexiosWsSessionCheckStarter"), "check") != null;
	}

}
