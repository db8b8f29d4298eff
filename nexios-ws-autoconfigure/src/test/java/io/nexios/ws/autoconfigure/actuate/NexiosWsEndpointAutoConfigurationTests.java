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

import io.nexios.ws.WSRouter;
import io.nexios.ws.actuate.NexiosWsEndpoint;
import io.nexios.ws.actuate.NexiosWsEndpointWebExtension;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.server.WebSocketServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NexiosWsEndpointAutoConfiguration}.
 *
 * @author Nexios Team
 */
class NexiosWsEndpointAutoConfigurationTests {

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(NexiosWsAutoConfiguration.class, NexiosWsEndpointAutoConfiguration.class))
		.withBean(WSRouter.class);

	private final WebApplicationContextRunner exposedRunner = this.contextRunner
		.withPropertyValues("management.endpoints.web.exposure.include=nexiosws");

	@Test
	void endpointIsThereIfExposed() {
		this.exposedRunner.run((context) -> assertThat(context).hasSingleBean(NexiosWsEndpoint.class)
			.hasSingleBean(NexiosWsEndpointWebExtension.class));
	}

	@Test
	void endpointIsNotThereIfNotExposed() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(WebSocketServer.class)
			.doesNotHaveBean(NexiosWsEndpoint.class)
			.doesNotHaveBean(NexiosWsEndpointWebExtension.class));
	}

	@Test
	void endpointIsNotThereWithoutAccess() {
		this.exposedRunner.withPropertyValues("management.endpoint.nexiosws.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(NexiosWsEndpoint.class));
	}

	@Test
	void endpointIsNotThereIfNothingIsServed() {
		this.exposedRunner.withPropertyValues("nexios.ws.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(NexiosWsEndpoint.class));
	}

}
