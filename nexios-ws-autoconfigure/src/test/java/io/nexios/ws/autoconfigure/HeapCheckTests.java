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

package io.nexios.ws.autoconfigure;

import io.nexios.ws.WSRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeapCheck}.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class HeapCheckTests {

	private static final String COMPLAINT = "cannot hold what connections may need";

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NexiosWsAutoConfiguration.class))
		.withBean(WSRouter.class, () -> new WSRouter("/ws").addWsRoute("/chat", (ws) -> ws.accept()));

	@Test
	void fewConnectionsAreNotWarnedOf(CapturedOutput output) {
		this.contextRunner.withPropertyValues("server.tomcat.max-connections=100")
			.run((context) -> assertThat(context).hasSingleBean(HeapCheck.class));
		assertThat(output).doesNotContain(COMPLAINT);
	}

	@Test
	void moreIdleConnectionsThanTheHeapTakesAreWarnedOf(CapturedOutput output) {
		this.contextRunner.withPropertyValues("server.tomcat.max-connections=2000000000").run((context) -> {
		});
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains(COMPLAINT))
			.singleElement()
			.asString()
			.contains("WARN", "server.tomcat.max-connections", "2000000000");
	}

	@Test
	void onlyConnectionsWithinTheLimitAreCounted(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("server.tomcat.max-connections=2000000000", "nexios.ws.limits.connections=100")
			.run((context) -> assertThat(context).hasSingleBean(HeapCheck.class));
		assertThat(output).doesNotContain(COMPLAINT);
	}

	@Test
	void limitOfMoreConnectionsThanTheHeapTakesIsWarnedOf(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("server.tomcat.max-connections=2000000001", "nexios.ws.limits.connections=2000000000")
			.run((context) -> {
			});
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains(COMPLAINT))
			.singleElement()
			.asString()
			.contains("WARN", "nexios.ws.limits.connections", "2000000000");
	}

	@Test
	void boundOfAllConnectionsAboveTheHeapIsWarnedOf(CapturedOutput output) {
		this.contextRunner.withPropertyValues("nexios.ws.outbound.total-max-bytes=100TB").run((context) -> {
		});
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains(COMPLAINT))
			.singleElement()
			.asString()
			.contains("WARN", "nexios.ws.outbound.total-max-bytes");
	}

}
