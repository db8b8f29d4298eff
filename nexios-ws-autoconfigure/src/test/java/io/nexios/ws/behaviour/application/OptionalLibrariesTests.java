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

package io.nexios.ws.behaviour.application;

import java.util.regex.Pattern;

import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.ForkedServer;
import io.nexios.ws.testsupport.RawWs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/**
 * An application without optional libraries. It runs in a separate JVM, because a class
 * loader that hides classes cannot hide the annotations of loaded classes.
 *
 * @author Nexios Team
 */
class OptionalLibrariesTests {

	@ParameterizedTest
	@CsvSource({ "spring-boot-(starter-)?actuator.*, "
			+ "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint",
			"spring-boot-(starter-)?(health|actuator).*, org.springframework.boot.health.contributor.HealthIndicator",
			"spring-boot-(starter-)?(micrometer|actuator).*, "
					+ "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
			"micrometer-(?!commons|observation-1).*|spring-boot-(starter-)?(micrometer|health|actuator).*, "
					+ "io.micrometer.core.instrument.MeterRegistry" })
	void routesAreServedWithoutOptionalLibraries(String jars, String missing) {
		try (ForkedServer server = ForkedServer.startWithout(Pattern.compile(jars), ProbeConfiguration.class);
				RawWs client = server.handshake("/present").connect()) {
			client.sendText(missing);
			client.expectText("false");
			client.leave();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class ProbeConfiguration {

		@Bean
		WSRouter probe() {
			return new WSRouter().addWsRoute("/present", (ws) -> {
				ws.accept();
				ws.texts().forEach((name) -> ws.sendText(String.valueOf(ClassUtils.isPresent(name, null))));
			});
		}

	}

}
