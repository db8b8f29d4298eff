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

import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NexiosWsTomcatAutoConfiguration} and {@link TomcatBufferSize}.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class TomcatBufferSizePropertyTests {

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NexiosWsTomcatAutoConfiguration.class));

	private final Object setBefore = ReflectionTestUtils.getField(TomcatBufferSize.class, "systemPropertySet");

	private String before;

	@BeforeEach
	void clear() {
		this.before = System.clearProperty(TomcatBufferSize.SYSTEM_PROPERTY);
	}

	@AfterEach
	void restore() {
		ReflectionTestUtils.setField(TomcatBufferSize.class, "systemPropertySet", this.setBefore);
		System.clearProperty(TomcatBufferSize.SYSTEM_PROPERTY);
		if (this.before != null) {
			System.setProperty(TomcatBufferSize.SYSTEM_PROPERTY, this.before);
		}
	}

	@Test
	void connectorsStayWithoutTheProperty() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(TomcatConnectorCustomizer.class)
			.hasSingleBean(ServletContextInitializer.class));
	}

	@Test
	void connectorsAreCustomizedByTheProperty() {
		this.contextRunner.withPropertyValues("nexios.ws.tomcat.buffer-size=2KB")
			.run((context) -> assertThat(context).hasSingleBean(TomcatConnectorCustomizer.class));
	}

	@Test
	void connectorsStayIfDisabled() {
		this.contextRunner.withPropertyValues("nexios.ws.tomcat.buffer-size=2KB", "nexios.ws.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TomcatConnectorCustomizer.class));
	}

	@Test
	void nothingIsThereWithoutTomcat() {
		this.contextRunner.withPropertyValues("nexios.ws.tomcat.buffer-size=2KB")
			.withClassLoader(new FilteredClassLoader("org.apache.tomcat", "org.apache.catalina"))
			.run((context) -> assertThat(context).doesNotHaveBean(NexiosWsTomcatAutoConfiguration.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "511", "65537", "-1", "3GB" })
	void sizeOutOfRangeFailsTheStart(String size) {
		this.contextRunner.withPropertyValues("nexios.ws.tomcat.buffer-size=" + size)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(FailureAnalyzedException.class)
				.hasMessageContaining("nexios.ws.tomcat.buffer-size"));
	}

	@Test
	void sizeThatTomcatDoesNotHaveIsWarnedOf(CapturedOutput output) {
		this.contextRunner.withPropertyValues("nexios.ws.tomcat.buffer-size=3KB")
			.run((context) -> context.getBean(TomcatConnectorCustomizer.class).customize(new Connector()));
		assertThat(output).containsOnlyOnce("not the 3072 of 'nexios.ws.tomcat.buffer-size'");
	}

	@Test
	void systemPropertyComesFromTheEnvironment() {
		process("4KB");
		assertThat(System.getProperty(TomcatBufferSize.SYSTEM_PROPERTY)).isEqualTo("4096");
	}

	@Test
	void systemPropertyOfTheUserStays() {
		System.setProperty(TomcatBufferSize.SYSTEM_PROPERTY, "16384");
		process("4KB");
		assertThat(System.getProperty(TomcatBufferSize.SYSTEM_PROPERTY)).isEqualTo("16384");
	}

	@ParameterizedTest
	@ValueSource(strings = { "100", "1MB", "large" })
	void systemPropertyIsNotSetToWhatFailsTheStart(String size) {
		process(size);
		assertThat(System.getProperty(TomcatBufferSize.SYSTEM_PROPERTY)).isNull();
	}

	private static void process(String size) {
		new TomcatBufferSize().postProcessEnvironment(
				new MockEnvironment().withProperty("nexios.ws.tomcat.buffer-size", size), new SpringApplication());
	}

}
