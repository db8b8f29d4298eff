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

package io.nexios.ws.benchmarks.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.benchmarks.Options;
import io.nexios.ws.benchmarks.Poll;
import io.nexios.ws.benchmarks.UnavailableException;

/**
 * A Redis that keeps its data in memory only. The program is found on the path.
 *
 * @author Nexios Team
 */
final class RedisProcess implements AutoCloseable {

	private static final Duration START_TIME = Duration.ofSeconds(10);

	private static final int STOP_SECONDS = 10;

	private final Process process;

	private final int port;

	private RedisProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static RedisProcess start(Options options) {
		int port = freePort();
		try {
			Path log = Files.createDirectories(options.target().resolve("logs")).resolve("redis-" + port + ".txt");
			RedisProcess redis = new RedisProcess(launch(port, log), port);
			redis.awaitStart();
			return redis;
		}
		catch (IOException ex) {
			throw new UnavailableException("Redis was not measured, because redis-server cannot be started.");
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Process launch(int port, Path log) throws IOException {
		Process process = new ProcessBuilder("redis-server", "--bind", "127.0.0.1", "--port", String.valueOf(port),
				"--save", "", "--appendonly", "no", "--dir", log.resolveSibling(".").normalize().toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		// Otherwise the process would continue after the run is stopped
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		return process;
	}

	private void awaitStart() {
		if (!Poll.until(START_TIME, this::isListening)) {
			close();
			throw new UnavailableException("Redis was not measured, because redis-server did not start.");
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

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
