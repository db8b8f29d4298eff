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

package io.nexios.ws.testsupport;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.util.Assert;

/**
 * A {@link TestServer} in a separate JVM, for settings that a JVM reads only once. It
 * ends with its standard input, so it does not outlive the tests.
 *
 * @author Nexios Team
 */
public final class ForkedServer implements AutoCloseable {

	private static final String READY = "listening on ";

	private final Process process;

	private final int port;

	private ForkedServer(Process process) {
		this.process = process;
		this.port = awaitPort(process.inputReader());
	}

	/**
	 * Start an application.
	 * @param configuration its configuration class
	 * @param arguments options of the JVM that start with "-D", and properties, as in
	 * "nexios.ws.enabled=false"
	 * @return the server, listening
	 */
	public static ForkedServer start(Class<?> configuration, String... arguments) {
		return start(System.getProperty("java.class.path"), configuration, arguments);
	}

	/**
	 * Start an application without some of the libraries.
	 * @param jars the pattern of the names of files that are left out
	 * @param configuration its configuration class
	 * @param arguments as above
	 * @return the server, listening
	 */
	public static ForkedServer startWithout(Pattern jars, Class<?> configuration, String... arguments) {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((file) -> !jars.matcher(Path.of(file).getFileName().toString()).matches())
			.collect(Collectors.joining(File.pathSeparator));
		return start(classPath, configuration, arguments);
	}

	private static ForkedServer start(String classPath, Class<?> configuration, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		List.of(arguments).stream().filter((argument) -> argument.startsWith("-D")).forEach(command::add);
		command.addAll(List.of("-cp", classPath, ForkedServer.class.getName(), configuration.getName()));
		List.of(arguments).stream().filter((argument) -> !argument.startsWith("-D")).forEach(command::add);
		try {
			return new ForkedServer(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int awaitPort(BufferedReader output) {
		String line = output.lines().filter((candidate) -> candidate.startsWith(READY)).findFirst().orElse("");
		Assert.state(!line.isEmpty(), "The server has not started");
		return Integer.parseInt(line.substring(READY.length()));
	}

	/**
	 * Serve until the standard input ends.
	 * @param arguments the configuration class, and properties
	 * @throws Exception if the application does not start
	 */
	public static void main(String... arguments) throws Exception {
		String[] properties = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
		try (TestServer server = TestServer.start(Class.forName(arguments[0]), properties)) {
			System.out.println(READY + server.port());
			System.in.transferTo(System.out);
		}
	}

	public int port() {
		return this.port;
	}

	public RawHandshake handshake(String target) {
		return RawWs.handshake(this.port, target);
	}

	/**
	 * Stop the process, as if the machine were busy with other processes.
	 */
	public void suspend() {
		signal("-STOP");
	}

	/**
	 * Let the process continue.
	 */
	public void resume() {
		signal("-CONT");
	}

	/**
	 * End the process at once, as if the machine had failed.
	 */
	public void kill() {
		try {
			this.process.destroyForcibly().waitFor();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void signal(String signal) {
		try {
			Process kill = new ProcessBuilder("kill", signal, Long.toString(this.process.pid())).inheritIO().start();
			Assert.state(kill.waitFor() == 0, "The process cannot be signalled");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.process.destroyForcibly();
		}
	}

}
