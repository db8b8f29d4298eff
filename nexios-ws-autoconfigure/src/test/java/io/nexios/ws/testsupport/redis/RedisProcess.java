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

package io.nexios.ws.testsupport.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.FileSystemUtils;

/**
 * A process of Redis with a directory and a port of its own. It may run several times,
 * one after the other, with the same port and the same files.
 *
 * @author Nexios Team
 */
final class RedisProcess {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String CONFIGURATION = "redis.conf";

	private static final String LOG = "redis.log";

	private final Path directory;

	private final int port = FreePort.find();

	private final List<String> arguments;

	// So that the process does not outlive the tests if they are interrupted
	private final Thread atExit = new Thread(this::destroy, "redis-at-exit");

	private @Nullable Process process;

	/**
	 * Prepare the directory.
	 * @param configuration the lines of the configuration, without the port
	 * @param arguments further arguments of the program
	 */
	RedisProcess(List<String> configuration, String... arguments) {
		this.arguments = List.of(arguments);
		try {
			this.directory = Files.createTempDirectory("redis-test-");
			Files.write(file(CONFIGURATION), List.of("port " + this.port, "bind 127.0.0.1", "dir " + this.directory));
			append(CONFIGURATION, configuration);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Runtime.getRuntime().addShutdownHook(this.atExit);
	}

	private void append(String file, List<String> lines) throws IOException {
		String text = Files.exists(file(file)) ? Files.readString(file(file)) : "";
		Files.writeString(file(file), text + String.join("\n", lines) + "\n");
	}

	int port() {
		return this.port;
	}

	Path file(String name) {
		return this.directory.resolve(name);
	}

	/**
	 * Start the program, and wait until it answers.
	 */
	void start() {
		Assert.state(!isRunning(), "Redis is already running");
		Path binary = RedisBinary.find().orElseThrow(() -> new IllegalStateException("There is no redis-server"));
		ProcessBuilder builder = new ProcessBuilder(binary.toString(), file(CONFIGURATION).toString());
		builder.command().addAll(this.arguments);
		try {
			this.process = builder.directory(this.directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(file(LOG).toFile()))
				.start();
			await("an answer of Redis", this::answers);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void destroy() {
		if (this.process != null) {
			this.process.destroyForcibly();
		}
	}

	private boolean answers() {
		Assert.state(isRunning(), () -> "Redis has ended:\n" + log());
		try (RespClient client = RespClient.connect(this.port)) {
			return "PONG".equals(client.call("PING"));
		}
		catch (UncheckedIOException | RespException ex) {
			// Not listening yet, or loading its data
			return false;
		}
	}

	private String log() {
		try {
			return Files.readString(file(LOG));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	boolean isRunning() {
		return this.process != null && this.process.isAlive();
	}

	/**
	 * Stop the process without ending it, as if the machine were suspended.
	 */
	void suspend() {
		signal("-STOP");
		await("the process to be suspended", () -> state() == 'T');
	}

	/**
	 * Let the process continue.
	 */
	void resume() {
		signal("-CONT");
		await("the process to continue", () -> state() != 'T');
	}

	private void signal(String signal) {
		try {
			Process kill = new ProcessBuilder("kill", signal, Long.toString(running().pid())).inheritIO().start();
			Assert.state(kill.waitFor() == 0, "The process cannot be signalled");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private char state() throws IOException {
		String status = Files.readString(Path.of("/proc", Long.toString(running().pid()), "stat"));
		return status.charAt(status.lastIndexOf(')') + 2);
	}

	private Process running() {
		Assert.state(this.process != null, "Redis has not been started");
		return this.process;
	}

	/**
	 * End the process at once, also if it is suspended.
	 */
	void kill() {
		running().destroyForcibly();
		awaitEnd();
	}

	/**
	 * Wait for the end of a process that has been asked to end.
	 */
	void awaitEnd() {
		try {
			Assert.state(running().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "Redis has not ended");
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Delete what has been saved, but not the configuration.
	 */
	void deleteData() {
		Assert.state(!isRunning(), "Redis is running");
		deleteAll((name) -> !name.endsWith(".conf") && !name.endsWith(".acl") && !name.equals(LOG));
	}

	private void deleteAll(Predicate<String> names) {
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.filter((candidate) -> names.test(candidate.getFileName().toString())).toList()) {
				FileSystemUtils.deleteRecursively(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void write(String name, List<String> lines) {
		try {
			append(name, lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * End the process, if it is running, and delete its directory.
	 */
	void close() {
		if (isRunning()) {
			kill();
		}
		Runtime.getRuntime().removeShutdownHook(this.atExit);
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void await(String what, Callable<Boolean> condition) {
		Awaitility.await(what)
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.atMost(PATIENCE)
			.until(condition);
	}

}
