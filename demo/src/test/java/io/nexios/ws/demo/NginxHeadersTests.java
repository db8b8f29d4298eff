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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the documented nginx configuration removes every forged header that Spring,
 * Tomcat or Jetty would trust, whichever strategy is set.
 *
 * @author Nexios Team
 */
@ExtendWith(NginxCondition.class)
class NginxHeadersTests {

	private static final Map<String, String> FORGED = Map.ofEntries(
			Map.entry("Forwarded", "for=192.0.2.66;host=forged.example;proto=https"),
			Map.entry("X-Forwarded-For", "192.0.2.66"), Map.entry("X-Forwarded-By", "192.0.2.66"),
			Map.entry("X-Forwarded-Host", "forged.example"), Map.entry("X-Forwarded-Port", "6666"),
			Map.entry("X-Forwarded-Prefix", "/forged"), Map.entry("X-Forwarded-Proto", "wss"),
			Map.entry("X-Forwarded-Server", "forged.example"), Map.entry("X-Forwarded-Ssl", "on"),
			Map.entry("X-Proxied-Https", "on"), Map.entry("Proxy-auth-cert", "forged"),
			Map.entry("Proxy-ssl-id", "forged"));

	private final BlockingQueue<Headers> received = new LinkedBlockingQueue<>();

	private HttpServer application;

	private NginxProcess nginx;

	@BeforeEach
	void start(@TempDir Path directory) throws IOException {
		this.application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.application.createContext("/", (exchange) -> {
			this.received.add(exchange.getRequestHeaders());
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		this.application.start();
		this.nginx = NginxProcess.start(directory, this.application.getAddress().getPort(), Duration.ofSeconds(10));
	}

	@AfterEach
	void stop() {
		if (this.nginx != null) {
			this.nginx.close();
		}
		this.application.stop(0);
	}

	@Test
	void nothingForgedGetsThrough() throws Exception {
		Headers headers = send("app.example:8443");
		FORGED.forEach((name, forged) -> assertThat(headers.getFirst(name)).as(name).isNotEqualTo(forged));
		assertThat(headers).doesNotContainKeys("Forwarded", "X-forwarded-by", "X-forwarded-prefix",
				"X-forwarded-server", "X-forwarded-ssl", "X-proxied-https", "Proxy-auth-cert", "Proxy-ssl-id");
		assertThat(headers.get("X-Forwarded-For")).containsExactly("127.0.0.1");
		assertThat(headers.get("X-Forwarded-Proto")).containsExactly("http");
	}

	@Test
	void originOfTheBrowserIsForwarded() throws Exception {
		Headers headers = send("app.example:8443");
		assertThat(headers.get("Host")).containsExactly("app.example:8443");
		assertThat(headers.get("X-Forwarded-Host")).containsExactly("app.example:8443");
		assertThat(headers.get("X-Forwarded-Port")).containsExactly("8443");
		assertThat(headers.get("Upgrade")).containsExactly("websocket");
	}

	@Test
	void defaultPortIsNotForwarded() throws Exception {
		Headers headers = send("app.example");
		assertThat(headers.get("X-Forwarded-Host")).containsExactly("app.example");
		assertThat(headers.get("X-Forwarded-Port")).isNull();
	}

	private Headers send(String host) throws Exception {
		StringBuilder request = new StringBuilder("GET /ws HTTP/1.1\r\nHost: " + host
				+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
		FORGED.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.nginx.port())) {
			socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
			Headers headers = this.received.poll(10, TimeUnit.SECONDS);
			assertThat(headers).as("request within 10 seconds").isNotNull();
			return headers;
		}
	}

}
