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

import java.util.List;

import io.nexios.ws.WSRouter;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.tomcat.FirstBuffers;
import io.nexios.ws.server.tomcat.SocketReading;
import io.nexios.ws.testsupport.TestServer;
import io.nexios.ws.testsupport.UntestedTomcatConfiguration;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UntestedTomcat}, and for what {@link NexiosWsTomcatAutoConfiguration}
 * does with tested and with other versions.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class UntestedTomcatTests {

	private static final String VIRTUAL = "spring.threads.virtual.enabled=true";

	private static final String BUFFER_SIZE = "nexios.ws.tomcat.buffer-size";

	private static final LoggingSystem logging = LoggingSystem.get(UntestedTomcatTests.class.getClassLoader());

	private final WebApplicationContextRunner testedRunner = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(NexiosWsAutoConfiguration.class, NexiosWsTomcatAutoConfiguration.class))
		.withPropertyValues(VIRTUAL)
		.withUserConfiguration(Routes.class);

	private final WebApplicationContextRunner untestedRunner = this.testedRunner
		.withUserConfiguration(UntestedTomcatConfiguration.class);

	@Test
	void buffersAreExchangedInATestedVersionOnly() {
		this.testedRunner
			.run((context) -> assertThat(context.getBean(FirstBuffers.class)).isNotSameAs(FirstBuffers.UNCHANGED));
		this.untestedRunner
			.run((context) -> assertThat(context.getBean(FirstBuffers.class)).isSameAs(FirstBuffers.UNCHANGED));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void socketsAreReadAheadInATestedVersionOnly() {
		this.testedRunner.run((context) -> assertThat(context.getBean(SocketReading.Factory.class))
			.isNotSameAs(SocketReading.Factory.NONE));
		this.untestedRunner.run((context) -> assertThat(context.getBean(SocketReading.Factory.class))
			.isSameAs(SocketReading.Factory.NONE));
	}

	@BeforeEach
	void logInformation() {
		logging.setLogLevel(Loggers.TOMCAT, LogLevel.INFO);
	}

	@AfterEach
	void restoreLevel() {
		logging.setLogLevel(Loggers.TOMCAT, null);
	}

	@Test
	void testedVersionLogsNothing(CapturedOutput output) {
		this.testedRunner.withPropertyValues(BUFFER_SIZE + "=1KB").run((context) -> {
		});
		assertThatLines(output).isEmpty();
	}

	@Test
	void untestedVersionHasOneLine(CapturedOutput output) {
		String level = "logging.level." + Loggers.TOMCAT + "=info";
		TestServer.start(List.of(Routes.class, UntestedTomcatConfiguration.class), VIRTUAL, level).close();
		assertThatLines(output).singleElement()
			.asString()
			.contains("INFO", "Tomcat " + UntestedTomcatConfiguration.NUMBER + " is not a tested version",
					"does not read ahead", "24 KB")
			.doesNotContain(BUFFER_SIZE);
	}

	@Test
	void sameLineSaysWhatTheBufferSizeStillShrinks(CapturedOutput output) {
		this.untestedRunner.withPropertyValues(BUFFER_SIZE + "=1KB").run((context) -> {
		});
		assertThatLines(output).singleElement()
			.asString()
			.contains("INFO", "'" + BUFFER_SIZE + "' still shrinks the buffers of sockets and WebSockets");
	}

	@Test
	void applicationWithoutRoutesHasNoLine(CapturedOutput output) {
		new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(NexiosWsAutoConfiguration.class, NexiosWsTomcatAutoConfiguration.class))
			.withUserConfiguration(UntestedTomcatConfiguration.class)
			.withPropertyValues(VIRTUAL)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FirstBuffers.class));
		assertThatLines(output).isEmpty();
	}

	private static ListAssert<String> assertThatLines(CapturedOutput output) {
		return assertThat(output.getAll().lines().filter((line) -> line.contains(Loggers.TOMCAT)).toList());
	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/chat", (ws) -> ws.accept());
		}

	}

}
