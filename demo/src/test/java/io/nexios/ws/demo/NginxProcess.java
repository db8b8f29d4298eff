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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An nginx with the documented configuration, except for ports and times.
 *
 * @author Nexios Team
 */
final class NginxProcess implements AutoCloseable {

	private static final Path CONFIGURATION = Path.of("..", "docs", "nginx.conf");

	// The compiled-in default paths need root permissions
	private static final String PREAMBLE = "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr;\n";

	private static final String PATHS = "\taccess_log off;\n\tclient_body_temp_path body;\n\tproxy_temp_path proxy;\n"
			+ "\tfastcgi_temp_path fastcgi;\n\tuwsgi_temp_path uwsgi;\n\tscgi_temp_path scgi;\n";

	// Not ephemeral ports, because the system may give them to other processes meanwhile
	private static final int FIRST_PORT = 20_000;

	private static final int LAST_PORT = 30_000;

	private final Process process;

	private final int port;

	private NginxProcess(Process process, int port) {
		this.process = process;
		this.port = port;
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::isListening);
	}

	/**
	 * Start an nginx in front of an application.
	 * @param directory where it may write
	 * @param application the port of the application
	 * @param readTimeout how long a connection may be quiet
	 * @return the proxy, listening
	 */
	static NginxProcess start(Path directory, int application, Duration readTimeout) throws IOException {
		int port = freePort();
		String text = Files.readString(CONFIGURATION);
		text = replace(text, "listen 8081;", "listen 127.0.0.1:%d;".formatted(port));
		text = replace(text, "server 127.0.0.1:8080;", "server 127.0.0.1:%d;".formatted(application));
		text = replace(text, "proxy_read_timeout 60s;", "proxy_read_timeout %ds;".formatted(readTimeout.toSeconds()));
		text = replace(text, "http {\n", "http {\n" + PATHS);
		Path configuration = Files.writeString(directory.resolve("nginx.conf"), PREAMBLE + text);
		return new NginxProcess(new ProcessBuilder(NginxCondition.NGINX.toString(), "-p", directory.toString(), "-c",
				configuration.toString(), "-e", "stderr")
			.inheritIO()
			.start(), port);
	}

	private static String replace(String text, String from, String to) {
		assertThat(text).as("the documented configuration").containsOnlyOnce(from);
		return text.replace(from, to);
	}

	private static int freePort() {
		return new Random().ints(FIRST_PORT, LAST_PORT).filter(NginxProcess::isFree).findFirst().orElseThrow();
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private boolean isListening() {
		assertThat(this.process.isAlive()).as("nginx is running").isTrue();
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
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
