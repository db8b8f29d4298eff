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

package io.nexios.ws.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import io.nexios.ws.testsupport.UserFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The endpoint over HTTP, with real connections.
 *
 * @author Nexios Team
 */
class NexiosWsEndpointSocketTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=nexiosws,health";

	private static final HttpClient http = HttpClient.newHttpClient();

	@RegisterExtension
	static final SocketServer server = new SocketServer(UserConfiguration.class).with(EXPOSED,
			"nexios.ws.heartbeat.interval=200ms", "management.endpoint.health.show-details=always");

	@Test
	void routesAreShown() {
		assertThat(read("").at("/routes/0/path").asString()).isEqualTo("/t");
		assertThat(read("").at("/routes/0/source").asString()).startsWith("router bean");
	}

	@Test
	void connectionIsShown() {
		Outcome<?> outcome = serveUntilPeerLeaves();
		try (RawWs client = server.connect("/t", "X-User: alice")) {
			WebSocket ws = outcome.open();
			client.send(RawFrame.of(RawFrame.PONG, client.expectPing().payload()));
			await().until(() -> read("/" + ws.id()).path("roundTrip").isString());
			JsonNode connection = read("/" + ws.id());
			assertThat(connection.path("id").asString()).isEqualTo(ws.id());
			assertThat(connection.path("route").asString()).isEqualTo("/t");
			assertThat(connection.path("state").asString()).isEqualTo("OPEN");
			assertThat(connection.path("principal").asString()).isEqualTo("alice");
			assertThat(connection.path("remoteAddress").asString()).endsWith(":" + client.localPort());
			assertThat(connection.path("since").isString()).isTrue();
			assertThat(connection.at("/inbound/messages").asInt(-1)).isZero();
			assertThat(connection.at("/inbound/paused").asBoolean(true)).isFalse();
			assertThat(connection.at("/outbound/bytes").asInt(-1)).isZero();
			assertThat(connection.at("/outbound/age").asString()).isEqualTo("PT0S");
			assertThat(read("").at("/connections/shown/0/id").asString()).isEqualTo(ws.id());
			client.leave();
		}
	}

	@Test
	void connectionWasOpenedWhenItWasWheneverThatIsAsked() {
		Outcome<?> outcome = serveUntilPeerLeaves();
		Instant before = Instant.now();
		try (RawWs client = server.connect()) {
			WebSocket ws = outcome.open();
			Instant after = Instant.now();
			String since = read("/" + ws.id()).path("since").asString();
			assertThat(Instant.parse(since)).isBetween(before, after);
			for (int i = 0; i < 5; i++) {
				assertThat(read("/" + ws.id()).path("since").asString()).isEqualTo(since);
			}
			assertThat(read("").at("/connections/shown").findValuesAsString("since")).contains(since);
			client.leave();
		}
	}

	@Test
	void waitingMessagesAreShown() {
		Outcome<?> outcome = serveUntilPeerLeaves();
		try (RawWs stalled = server.handshake().receiveBuffer(4 * 1024).connect()) {
			WebSocket ws = outcome.open();
			await().until(() -> {
				ws.sendBytes(new byte[64 * 1024]);
				return read("/" + ws.id()).at("/outbound/bytes").asInt() > 256 * 1024;
			});
			JsonNode outbound = read("/" + ws.id()).path("outbound");
			assertThat(outbound.path("messages").asInt()).isGreaterThan(4);
			assertThat(outbound.path("age").asString()).startsWith("PT").isNotEqualTo("PT0S");
			stalled.abort();
		}
	}

	@Test
	void nothingThatTheClientSentIsShown() {
		Outcome<?> outcome = serveUntilPeerLeaves();
		try (RawWs client = server.connect("/t?token=secret1", "Cookie: session=secret2",
				"Authorization: Bearer secret3")) {
			WebSocket ws = outcome.open();
			client.sendText("secret4");
			assertThat(get("").body()).contains(ws.id()).doesNotContain("secret");
			assertThat(get("/" + ws.id()).body()).contains(ws.id()).doesNotContain("secret");
			client.leave();
		}
	}

	@Test
	void connectionsAreShownInPages() {
		awaitNoConnections();
		serveUntilPeerLeaves();
		try (RawWs first = server.connect(); RawWs second = server.connect(); RawWs third = server.connect()) {
			await().until(() -> read("").at("/connections/total").asInt() == 3);
			JsonNode page = read("?limit=2").path("connections");
			assertThat(page.path("total").asInt()).isEqualTo(3);
			assertThat(page.path("shown")).hasSize(2);
			JsonNode rest = read("?limit=2&after=" + page.at("/shown/1/id").asString()).path("connections");
			assertThat(rest.path("shown")).hasSize(1).doesNotContainAnyElementsOf(page.path("shown"));
			first.leave();
			second.leave();
			third.leave();
		}
	}

	@Test
	void negativeLimitIsABadRequest() {
		assertThat(get("?limit=-1").statusCode()).isEqualTo(400);
	}

	@Test
	void groupsAreShownWithTheirSizes() {
		ChannelBox channels = server.bean(ChannelBox.class);
		server.serve((ws) -> {
			ws.accept();
			channels.addChannelToGroup(Channel.of(ws), "large");
			channels.addChannelToGroup(Channel.builder(ws).build(), "large");
			channels.addChannelToGroup(Channel.of(ws), "a small one");
			ws.sendText("joined");
			ws.awaitDisconnect();
		});
		try (RawWs client = server.connect()) {
			client.expectText("joined");
			JsonNode groups = read("?limit=1").path("groups");
			assertThat(groups.path("total").asInt()).isEqualTo(2);
			assertThat(groups.path("shown")).hasSize(1);
			assertThat(groups.at("/shown/0/name").asString()).isEqualTo("large");
			assertThat(groups.at("/shown/0/channels").asInt()).isEqualTo(2);
			client.leave();
		}
	}

	@Test
	void unknownConnectionIsNotFound() {
		assertThat(get("/unknown").statusCode()).isEqualTo(404);
		assertThat(delete("/unknown").statusCode()).isEqualTo(404);
	}

	@Test
	void connectionIsClosedWith1001() {
		Outcome<?> outcome = serveUntilPeerLeaves();
		try (RawWs client = server.connect()) {
			assertThat(delete("/" + outcome.open().id()).statusCode()).isEqualTo(204);
			client.expectClose(1001);
			client.sendClose(1001, "");
		}
	}

	@Test
	void connectionIsClosedWithTheCodeAskedFor() {
		Outcome<?> outcome = serveUntilPeerLeaves();
		try (RawWs client = server.connect()) {
			assertThat(delete("/" + outcome.open().id() + "?code=4001").statusCode()).isEqualTo(204);
			client.expectClose(4001);
			client.sendClose(4001, "");
		}
	}

	@Test
	void codeThatCannotBeSentIsABadRequest() {
		Outcome<?> outcome = serveUntilPeerLeaves();
		try (RawWs client = server.connect()) {
			assertThat(delete("/" + outcome.open().id() + "?code=1006").statusCode()).isEqualTo(400);
			client.leave();
		}
	}

	@Test
	void readOnlyAccessDoesNotOfferToClose() {
		try (TestServer readOnly = TestServer.start(SocketlessConfiguration.class, EXPOSED,
				"management.endpoint.nexiosws.access=read-only")) {
			assertThat(send(readOnly.port(), "", "GET").statusCode()).isEqualTo(200);
			assertThat(send(readOnly.port(), "/x", "DELETE").statusCode()).isEqualTo(405);
		}
	}

	@Test
	void endpointIsNotExposedUnlessThatIsSaid() {
		try (TestServer quiet = TestServer.start(SocketlessConfiguration.class)) {
			assertThat(send(quiet.port(), "", "GET").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void healthHasTheNumberOfConnections() {
		awaitNoConnections();
		serveUntilPeerLeaves();
		try (RawWs client = server.connect()) {
			await().until(() -> health().at("/components/nexiosWs/details/connections").asInt() == 1);
			assertThat(health().at("/components/nexiosWs/status").asString()).isEqualTo("UP");
			client.leave();
		}
	}

	private static void awaitNoConnections() {
		await().until(() -> read("").at("/connections/total").asInt() == 0);
	}

	private static Outcome<?> serveUntilPeerLeaves() {
		return server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
	}

	private static JsonNode read(String target) {
		HttpResponse<String> response = get(target);
		assertThat(response.statusCode()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private static JsonNode health() {
		return JsonMapper.shared().readTree(send(server.port(), "/../health", "GET").body());
	}

	private static HttpResponse<String> get(String target) {
		return send(server.port(), target, "GET");
	}

	private static HttpResponse<String> delete(String target) {
		return send(server.port(), target, "DELETE");
	}

	private static HttpResponse<String> send(int port, String target, String method) {
		URI uri = URI.create("http://localhost:" + port + "/actuator/nexiosws" + target).normalize();
		HttpRequest request = HttpRequest.newBuilder(uri)
			.timeout(RawWs.TIMEOUT)
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		try {
			return http.send(request, BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class UserConfiguration {

		@Bean
		UserFilter userFilter() {
			return new UserFilter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SocketlessConfiguration {

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/x", WebSocket::accept);
		}

	}

}
