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

package io.nexios.ws.autoconfigure.tomcat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NexiosWsTomcatAutoConfiguration}, reading ahead.
 *
 * @author Nexios Team
 */
class TomcatReadAheadPropertyTests {

	private static final String CUSTOMIZER = "nexiosWsReadAheadCustomizer";

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NexiosWsTomcatAutoConfiguration.class));

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void connectorsReadAheadWithVirtualThreads() {
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(context).hasBean(CUSTOMIZER));
	}

	@Test
	void connectorsStayWithPlatformThreads() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(CUSTOMIZER));
	}

	@Test
	void connectorsStayIfTheyAreNotToReadAhead() {
		this.contextRunner
			.withPropertyValues("spring.threads.virtual.enabled=true", "nexios.ws.tomcat.read-ahead=false")
			.run((context) -> assertThat(context).doesNotHaveBean(CUSTOMIZER));
	}

	@Test
	void connectorsStayIfDisabled() {
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=true", "nexios.ws.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(CUSTOMIZER));
	}

}
