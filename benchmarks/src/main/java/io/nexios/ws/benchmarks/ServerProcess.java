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

package io.nexios.ws.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A server in a separate process. All servers have the same JVM options.
 *
 * @author Nexios Team
 */
public final class ServerProcess implements AutoCloseable {

	private static final List<String> JVM_OPTIONS = List.of("-Xms2g", "-Xmx2g");

	private static final Duration START_TIME = Duration.ofSeconds(60);

	private static final Duration SETTLING_TIME = Duration.ofSeconds(20);

	private static final Duration SETTLING_INTERVAL = Duration.ofSeconds(1);

	private static final Duration STOP_TIME = Duration.ofSeconds(20);

	private final Process process;

	private final int port;

	private ServerProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	public static ServerProcess start(Server server, Options options, String... properties) {
		int port = freePort();
		List<String> command = new ArrayList<>(List.of(tool("java")));
		command.addAll(JVM_OPTIONS);
		command.addAll(server.arguments(options, port));
		command.addAll(List.of(properties));
		Path log = options.target().resolve("logs/" + server.name() + "-" + port + ".txt");
		try {
			Files.createDirectories(log.getParent());
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			// Otherwise the process would continue after the run is stopped
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			ServerProcess started = new ServerProcess(process, port);
			started.awaitStart(server, log);
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String tool(String name) {
		return Path.of(System.getProperty("java.home"), "bin", name).toString();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitStart(Server server, Path log) {
		boolean listening = Poll.until(START_TIME, () -> isListening() || !this.process.isAlive());
		if (!listening || !this.process.isAlive()) {
			close();
			throw new UnavailableException(server + " did not start, see " + log.getFileName() + ".");
		}
	}

	private boolean isListening() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	public int port() {
		return this.port;
	}

	public long pid() {
		return this.process.pid();
	}

	/**
	 * Collect garbage and return the used heap.
	 * @return the used part of the heap in bytes
	 */
	public long usedHeap() {
		Commands.run(tool("jcmd"), String.valueOf(pid()), "GC.run");
		return HeapInfo.usedBytes(Commands.run(tool("jcmd"), String.valueOf(pid()), "GC.heap_info"));
	}

	/**
	 * Wait until closed connections are gone.
	 */
	public void settle() {
		AtomicLong last = new AtomicLong(-1);
		Poll.until(SETTLING_TIME, SETTLING_INTERVAL, () -> {
			long files = openFiles();
			return last.getAndSet(files) == files;
		});
	}

	long openFiles() {
		try (Stream<Path> files = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
			return files.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP_TIME.toSeconds(), TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
