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

package io.nexios.ws.demo;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the demo with ahead-of-time processing, in a separate JVM.
 *
 * @author Nexios Team
 */
class AheadOfTimeTests {

	@TempDir
	private static Path directory;

	private static DemoProcess demo;

	@BeforeAll
	static void start() throws Exception {
		Path sources = directory.resolve("sources");
		Path resources = directory.resolve("resources");
		Path classes = directory.resolve("classes");
		Settings settings = Settings.builder()
			.sourceOutput(sources)
			.resourceOutput(resources)
			.classOutput(classes)
			.groupId("io.nexios")
			.artifactId("nexios-ws-demo")
			.build();
		new SpringApplicationAotProcessor(DemoApplication.class, settings, new String[0]).process();
		compile(sources, classes);
		demo = DemoProcess.start(List.of("-cp", classpath(classes, resources), "-Dspring.aot.enabled=true"));
	}

	private static void compile(Path sources, Path classes) throws IOException {
		List<String> arguments = new ArrayList<>(
				List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp", classpath(classes)));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
		assertThat(result).as("compilation of what was generated").isZero();
	}

	private static String classpath(Path... generated) {
		return Stream.concat(Stream.of(generated).map(Path::toString), Stream.of(System.getProperty("java.class.path")))
			.collect(Collectors.joining(File.pathSeparator));
	}

	@AfterAll
	static void stop() {
		if (demo != null) {
			demo.close();
		}
	}

	@Test
	void startIsFromWhatWasGenerated() {
		assertThat(demo.output()).contains("Starting AOT-processed DemoApplication");
	}

	@Test
	void consumerIsOfOneConnection() throws Exception {
		try (DemoClient ada = open("/ws/chat/kitchen?name=Ada"); DemoClient bob = open("/ws/chat/garden?name=Bob")) {
			ada.welcome();
			bob.welcome();
			ada.send("{\"type\": \"message\", \"text\": \"For the kitchen\"}");
			bob.send("{\"type\": \"message\", \"text\": \"For the garden\"}");
			assertThat(ada.nextText()).isEqualTo("For the kitchen");
			assertThat(bob.nextText()).isEqualTo("For the garden");
		}
	}

	@Test
	void routerIsServed() throws Exception {
		try (DemoClient dashboard = open("/ws/dashboard")) {
			assertThat(dashboard.next().get("liveThreads").intValue()).isPositive();
		}
	}

	@Test
	void routeMethodIsCalled() throws Exception {
		try (DemoClient page = open("/ws/notifications")) {
			assertThat(demo.notify("Backup done")).isEqualTo(202);
			assertThat(page.nextText()).isEqualTo("Backup done");
		}
	}

	private static DemoClient open(String path) throws Exception {
		return new DemoClient(URI.create("ws://localhost:" + demo.port() + path));
	}

}
