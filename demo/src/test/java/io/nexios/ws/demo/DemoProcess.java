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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo in a separate JVM.
 *
 * @author Nexios Team
 */
final class DemoProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("The demo is at http://localhost:(\\d+)/");

	private final HttpClient http = HttpClient.newHttpClient();

	private final Process process;

	private final Path output;

	private final int port;

	private DemoProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
		this.port = Awaitility.await().atMost(Duration.ofSeconds(100)).until(this::findPort, (found) -> found > 0);
	}

	/**
	 * Start the demo on a free port.
	 * @param jvm the options of the JVM
	 * @param properties properties, as in "nexios.ws.enabled=false"
	 * @return the demo, listening
	 */
	static DemoProcess start(List<String> jvm, String... properties) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvm);
		command.add(DemoApplication.class.getName());
		command.add("--server.port=0");
		command.add("--spring.main.banner-mode=off");
		// Tests log less, and their logging configuration is on the classpath
		command.add("--logging.level.root=info");
		List.of(properties).forEach((property) -> command.add("--" + property));
		Path output = Files.createTempFile("demo", ".log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			return new DemoProcess(process, output);
		}
		catch (RuntimeException ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	private int findPort() {
		assertThat(this.process.isAlive()).as(() -> "running: " + output()).isTrue();
		Matcher started = PORT.matcher(output());
		return started.find() ? Integer.parseInt(started.group(1)) : 0;
	}

	int port() {
		return this.port;
	}

	String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	int notify(String text) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/notifications"))
			.header("Content-Type", "application/json")
			.timeout(Duration.ofSeconds(30))
			.POST(BodyPublishers.ofString("{\"text\": \"%s\"}".formatted(text)))
			.build();
		return this.http.send(request, BodyHandlers.discarding()).statusCode();
	}

	/**
	 * Tell the demo to stop, as an orchestrator does.
	 */
	void stop() {
		this.process.destroy();
	}

	@Override
	public void close() {
		stop();
		try {
			if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
			Files.deleteIfExists(this.output);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
