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

package io.nexios.ws.autoconfigure.actuate;

import java.util.Map;

import io.nexios.ws.WSRouter;
import io.nexios.ws.actuate.NexiosWsHealthIndicator;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.ConnectionDrain;
import io.nexios.ws.server.group.DelegatingBroker;
import io.nexios.ws.server.handler.LocalServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link NexiosWsHealthContributorAutoConfiguration}.
 *
 * @author Nexios Team
 */
class NexiosWsHealthContributorAutoConfigurationTests {

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NexiosWsAutoConfiguration.class,
				NexiosWsHealthContributorAutoConfiguration.class))
		.withBean(WSRouter.class);

	@Test
	void indicatorIsThere() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(NexiosWsHealthIndicator.class)
			.hasBean("nexiosWsHealthIndicator"));
	}

	@Test
	void indicatorOfTheApplicationIsInItsPlace() {
		this.contextRunner.withBean("nexiosWsHealthIndicator", HealthIndicator.class, () -> () -> Health.up().build())
			.run((context) -> assertThat(context).hasSingleBean(HealthIndicator.class)
				.doesNotHaveBean(NexiosWsHealthIndicator.class));
	}

	@Test
	void indicatorIsNotThereIfDisabled() {
		this.contextRunner.withPropertyValues("management.health.nexiosws.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void indicatorIsOutOfServiceWhileConnectionsAreDrained() {
		this.contextRunner.run((context) -> {
			context.getBean(ConnectionDrain.class).stop();
			assertThat(context.getBean(NexiosWsHealthIndicator.class).health().getStatus())
				.isEqualTo(Status.OUT_OF_SERVICE);
		});
	}

	@Test
	void indicatorShowsHowMuchThereIsToDo() {
		this.contextRunner.withPropertyValues("nexios.ws.outbound.total-max-bytes=64MB").run((context) -> {
			Health health = context.getBean(NexiosWsHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).isEqualTo(Map.of("connections", 0, "pendingHandshakes", 0, "outboundBytes",
					0L, "outboundMaxBytes", 64L * 1024 * 1024, "overloaded", false, "engine", Map.of("state", "UP")));
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "DEGRADED", "DOWN" })
	void brokerThatDoesNotWorkIsADetail(BrokerState.Level level) {
		withState(new BrokerState(level, "no answer")).run((context) -> {
			Health health = context.getBean(NexiosWsHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("engine",
					Map.of("state", level.name(), "reason", "no answer"));
		});
	}

	@Test
	void brokerThatCannotTellItsStateIsADetail() {
		withState(null).run((context) -> {
			Health health = context.getBean(NexiosWsHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails().get("engine")).asString().contains("state=DOWN");
		});
	}

	private WebApplicationContextRunner withState(@Nullable BrokerState state) {
		return this.contextRunner.withBean(GroupBroker.class, () -> new DelegatingBroker(LocalServer.broker(10)) {

			@Override
			public BrokerState state() {
				if (state == null) {
					throw new IllegalStateException();
				}
				return state;
			}

		});
	}

	@Test
	void groupsOfTheApplicationHaveNoState() {
		this.contextRunner.withBean(ChannelBox.class, () -> mock(ChannelBox.class))
			.run((context) -> assertThat(context.getBean(NexiosWsHealthIndicator.class).health().getDetails())
				.doesNotContainKey("engine"));
	}

	@Test
	void indicatorIsNotThereIfNothingIsServed() {
		this.contextRunner.withPropertyValues("nexios.ws.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
	}

}
