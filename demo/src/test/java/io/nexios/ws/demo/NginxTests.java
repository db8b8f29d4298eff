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

import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The demo behind nginx, with the documented configuration.
 *
 * @author Nexios Team
 */
@ExtendWith(NginxCondition.class)
@ParameterizedClass
@ValueSource(strings = { "framework", "native" })
class NginxTests {

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(4);

	@Parameter
	String strategy;

	private DemoProcess demo;

	private NginxProcess nginx;

	@BeforeEach
	void start(@TempDir Path directory) throws Exception {
		this.demo = DemoProcess.start(List.of("-cp", System.getProperty("java.class.path")),
				"server.forward-headers-strategy=" + this.strategy, "nexios.ws.limits.connections-per-address=1",
				"nexios.ws.heartbeat.interval=500ms");
		this.nginx = NginxProcess.start(directory, this.demo.port(), READ_TIMEOUT);
	}

	@AfterEach
	void stop() {
		if (this.nginx != null) {
			this.nginx.close();
		}
		if (this.demo != null) {
			this.demo.close();
		}
	}

	@Test
	void proxyIsNotInTheWay() throws Exception {
		assertThat(statusOf("Origin", "https://example.com")).isEqualTo(403);
		DemoClient page = open("http://localhost:" + this.nginx.port());
		assertNobodyIsDeceived();
		assertThat(page.isOpenAfter(READ_TIMEOUT.plusSeconds(2))).as("quiet for longer than the read timeout").isTrue();
		assertThat(this.demo.notify("Backup done")).isEqualTo(202);
		assertThat(page.nextText()).isEqualTo("Backup done");
		this.demo.stop();
		assertThat(page.closeCode()).isEqualTo(1001);
	}

	private void assertNobodyIsDeceived() {
		for (String header : List.of("X-Forwarded-For", "X-Real-IP")) {
			assertThat(statusOf(header, "192.0.2.1")).as("second connection, from any address").isEqualTo(429);
		}
		assertThat(statusOf("Forwarded", "for=192.0.2.1")).as("second connection, from any address").isEqualTo(429);
		assertThat(statusOf("Origin", "http://example.com", "Forwarded", "host=example.com;proto=http")).isEqualTo(403);
		assertThat(statusOf("Origin", "http://example.com", "X-Forwarded-Host", "example.com")).isEqualTo(403);
		assertThat(statusOf("Origin", "http://localhost", "X-Forwarded-Port", "80")).isEqualTo(403);
		assertThat(statusOf("Origin", "https://localhost:" + this.nginx.port(), "X-Forwarded-Ssl", "on"))
			.isEqualTo(403);
	}

	private int statusOf(String... headers) {
		Throwable failure = catchThrowable(() -> new DemoClient(uri(), headers));
		assertThat(failure).isInstanceOf(ExecutionException.class)
			.hasCauseInstanceOf(WebSocketHandshakeException.class);
		return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
	}

	private DemoClient open(String origin) throws Exception {
		return new DemoClient(uri(), "Origin", origin);
	}

	private URI uri() {
		return URI.create("ws://localhost:" + this.nginx.port() + "/ws/notifications");
	}

}
