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

package io.nexios.ws.autoconfigure.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nexios.ws.WSRouter;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.observation.GroupMeters;
import io.nexios.ws.observation.MeterServerObserver;
import io.nexios.ws.observation.ServerMeters;
import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.group.DelegatingBroker;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.server.observer.ServerObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link NexiosWsMetricsAutoConfiguration}.
 *
 * @author Nexios Team
 */
class NexiosWsMetricsAutoConfigurationTests {

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(NexiosWsAutoConfiguration.class, NexiosWsMetricsAutoConfiguration.class))
		.withBean(WSRouter.class);

	private final WebApplicationContextRunner registryRunner = this.contextRunner.withBean(SimpleMeterRegistry.class);

	@Test
	void metersAreThereWithARegistry() {
		this.registryRunner.run((context) -> assertThat(context).hasSingleBean(MeterServerObserver.class)
			.hasSingleBean(ServerMeters.class)
			.hasSingleBean(GroupMeters.class));
	}

	@Test
	void metersGoToTheRegistryOfSpringBoot() {
		this.contextRunner
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					SimpleMetricsExportAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get("nexios.ws.handshakes.pending").gauge().value()).isZero();
				assertThat(registry.get("nexios.ws.groups").gauge().value()).isZero();
				assertThat(registry.get("nexios.ws.group.sends").counter().count()).isZero();
			});
	}

	@ParameterizedTest
	@CsvSource({ "UP, 1", "DEGRADED, 0", "DOWN, 0" })
	void stateOfTheBrokerIsAGauge(BrokerState.Level level, double value) {
		GroupBroker broker = new DelegatingBroker(LocalServer.broker(10)) {

			@Override
			public BrokerState state() {
				return new BrokerState(level, "");
			}

		};
		this.contextRunner.withBean(GroupBroker.class, () -> broker)
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					SimpleMetricsExportAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
			.run((context) -> assertThat(
					context.getBean(MeterRegistry.class).get("nexios.ws.engine.up").gauge().value())
				.isEqualTo(value));
	}

	@Test
	void metersAreNotThereWithoutARegistry() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(WebSocketServer.class)
			.doesNotHaveBean(MeterServerObserver.class));
	}

	@Test
	void metersAreNotThereWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(WebSocketServer.class)
				.doesNotHaveBean(NexiosWsMetricsAutoConfiguration.class));
	}

	@Test
	void metersAreNotThereIfDisabled() {
		this.registryRunner.withPropertyValues("nexios.ws.metrics.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ServerObserver.class)
				.doesNotHaveBean(ServerMeters.class));
	}

	@Test
	void metersAreNotThereIfNothingIsServed() {
		this.registryRunner.withPropertyValues("nexios.ws.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ServerObserver.class));
	}

	@Test
	void observerOfTheApplicationIsBesideThem() {
		this.registryRunner.withBean("mine", ServerObserver.class, () -> ServerObserver.NONE)
			.run((context) -> assertThat(context).hasNotFailed().getBeans(ServerObserver.class).hasSize(2));
	}

	@Test
	void groupsOfTheApplicationAreNotCounted() {
		this.registryRunner.withBean(ChannelBox.class, () -> mock(ChannelBox.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ServerMeters.class)
				.doesNotHaveBean(GroupMeters.class));
	}

}
