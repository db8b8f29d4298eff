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

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.nexios.ws.WSRouter;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.observation.DefaultWSConnectionObservationConvention;
import io.nexios.ws.observation.ObservationServerObserver;
import io.nexios.ws.observation.WSConnectionObservationConvention;
import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.observer.ServerObserver;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NexiosWsObservationAutoConfiguration}.
 *
 * @author Nexios Team
 */
class NexiosWsObservationAutoConfigurationTests {

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(NexiosWsAutoConfiguration.class, NexiosWsObservationAutoConfiguration.class))
		.withBean(WSRouter.class);

	private final WebApplicationContextRunner registryRunner = this.contextRunner
		.withBean(TestObservationRegistry.class, TestObservationRegistry::create);

	@Test
	void observerIsThereWithARegistry() {
		this.registryRunner.run((context) -> assertThat(context).hasSingleBean(ObservationServerObserver.class));
	}

	@Test
	void observerIsNotThereWithoutARegistry() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(WebSocketServer.class)
			.doesNotHaveBean(ServerObserver.class));
	}

	@Test
	void observerIsNotThereWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.observation"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(WebSocketServer.class)
				.doesNotHaveBean(NexiosWsObservationAutoConfiguration.class));
	}

	@Test
	void observerIsNotThereIfDisabled() {
		this.registryRunner.withPropertyValues("nexios.ws.observation.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ServerObserver.class));
	}

	@Test
	void observerIsNotThereIfNothingIsServed() {
		this.registryRunner.withPropertyValues("nexios.ws.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ServerObserver.class));
	}

	@Test
	void messagesAreNotObservedUnlessThatIsSaid() {
		this.registryRunner
			.run((context) -> assertThat(observer(context.getBean(ServerObserver.class)).isTiming()).isFalse());
		this.registryRunner.withPropertyValues("nexios.ws.observation.messages=true")
			.run((context) -> assertThat(observer(context.getBean(ServerObserver.class)).isTiming()).isTrue());
	}

	@Test
	void messagesAreNotObservedBecauseMetersTimeThem() {
		this.registryRunner.withConfiguration(AutoConfigurations.of(NexiosWsMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> {
				ConnectionObserver observer = observer(
						ServerObserver.of(context.getBeansOfType(ServerObserver.class).values().stream().toList()));
				observer.messageStarted();
				observer.messageHandled(1);
				assertThat(context.getBean(TestObservationRegistry.class)).doesNotHaveAnyObservation();
				assertThat(context.getBean(SimpleMeterRegistry.class).get("nexios.ws.message.handling").timer().count())
					.isEqualTo(1);
			});
	}

	@Test
	void conventionOfTheApplicationIsUsed() {
		this.registryRunner.withBean(WSConnectionObservationConvention.class, MyConvention::new)
			.run((context) -> assertThat(context.getBean(ObservationServerObserver.class)).extracting("convention")
				.isInstanceOf(MyConvention.class));
	}

	@Test
	void registryThatDoesNothingCostsNothing() {
		this.contextRunner.withBean(ObservationRegistry.class, () -> ObservationRegistry.NOOP)
			.run((context) -> assertThat(observer(context.getBean(ServerObserver.class)))
				.isSameAs(ConnectionObserver.NONE));
	}

	private static ConnectionObserver observer(ServerObserver observer) {
		return observer.connection("/x");
	}

	static class MyConvention extends DefaultWSConnectionObservationConvention {

	}

}
