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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the demo as its clients see it.
 *
 * @author Nexios Team
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class DemoApplicationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Test
	void chatReachesEveryoneInTheRoom() throws Exception {
		try (DemoClient ada = open("/ws/chat/everyone?name=Ada")) {
			assertThat(ada.nextText()).isEqualTo("Ada joined");
			try (DemoClient bob = open("/ws/chat/everyone?name=Bob")) {
				assertThat(ada.nextText()).isEqualTo("Bob joined");
				assertThat(bob.nextText()).isEqualTo("Bob joined");
				Instant before = Instant.now();
				ada.send("{\"text\": \"Hello\"}");
				for (DemoClient client : new DemoClient[] { ada, bob }) {
					JsonNode message = client.next();
					assertThat(message.get("from").stringValue()).isEqualTo("Ada");
					assertThat(message.get("text").stringValue()).isEqualTo("Hello");
					assertThat(Instant.parse(message.get("at").stringValue())).isBetween(before, Instant.now());
				}
			}
			assertThat(ada.nextText()).isEqualTo("Bob left");
		}
	}

	@Test
	void chatRoomsAreIsolated() throws Exception {
		try (DemoClient ada = open("/ws/chat/kitchen?name=Ada"); DemoClient bob = open("/ws/chat/garden?name=Bob")) {
			assertThat(ada.nextText()).isEqualTo("Ada joined");
			assertThat(bob.nextText()).isEqualTo("Bob joined");
			ada.send("{\"text\": \"For the kitchen\"}");
			assertThat(ada.nextText()).isEqualTo("For the kitchen");
			bob.send("{\"text\": \"For the garden\"}");
			assertThat(bob.nextText()).isEqualTo("For the garden");
		}
	}

	@Test
	void chatWhenSomebodyVanishesGoesOn() throws Exception {
		try (DemoClient ada = open("/ws/chat/vanishing?name=Ada")) {
			assertThat(ada.nextText()).isEqualTo("Ada joined");
			DemoClient bob = open("/ws/chat/vanishing?name=Bob");
			assertThat(bob.nextText()).isEqualTo("Bob joined");
			assertThat(ada.nextText()).isEqualTo("Bob joined");
			bob.abort();
			ada.send("{\"text\": \"Bob?\"}");
			ada.next((message) -> message.get("text").stringValue().equals("Bob?"));
		}
	}

	@Test
	void chatTakesAnyName() throws Exception {
		try (DemoClient client = open("/ws/chat/caf%C3%A9%20%E2%98%95?name=%E6%9D%8E%E9%9B%B7%20%26%20Co")) {
			assertThat(client.nextText()).isEqualTo("\u674e\u96f7 & Co joined");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?name=", "?name=%20" })
	void chatWithoutNameIsRejected(String query) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> open("/ws/chat/lobby" + query))
			.havingCause()
			.isInstanceOfSatisfying(WebSocketHandshakeException.class,
					(ex) -> assertThat(ex.getResponse().statusCode()).isEqualTo(400));
	}

	@ParameterizedTest
	@ValueSource(strings = { "not JSON", "{}", "{\"text\": \" \"}" })
	void chatWithUnusableMessageIsClosed(String message) throws Exception {
		try (DemoClient ada = open("/ws/chat/unusable?name=Ada"); DemoClient bob = open("/ws/chat/unusable?name=Bob")) {
			bob.next((received) -> received.get("text").stringValue().equals("Ada joined")
					|| received.get("text").stringValue().equals("Bob joined"));
			ada.send(message);
			assertThat(ada.closeCode()).isEqualTo(1007);
			bob.next((received) -> received.get("text").stringValue().equals("Ada left"));
		}
	}

	@Test
	void dashboardPushesFigures() throws Exception {
		try (DemoClient client = open("/ws/dashboard"); DemoClient other = open("/ws/dashboard")) {
			Instant connected = Instant.now();
			JsonNode first = client.next((figures) -> at(figures).isAfter(connected));
			JsonNode second = client.next();
			assertThat(at(second)).isAfter(at(first));
			assertThat(second.get("heapUsed").longValue()).isPositive()
				.isLessThanOrEqualTo(second.get("heapMax").longValue());
			assertThat(second.get("liveThreads").intValue()).isPositive();
			assertThat(second.get("connections").intValue()).isGreaterThanOrEqualTo(2);
			assertThat(second.has("cpuLoad")).isTrue();
			assertThat(other.next((figures) -> at(figures).isAfter(connected))).isEqualTo(first);
		}
	}

	@Test
	void dashboardBeginsWithWhatWasBefore() throws Exception {
		try (DemoClient earlier = open("/ws/dashboard")) {
			JsonNode before = earlier.next();
			Instant connecting = Instant.now();
			JsonNode last = earlier.next((figures) -> at(figures).isAfter(connecting));
			try (DemoClient client = open("/ws/dashboard")) {
				JsonNode first = client.next();
				assertThat(at(first)).isBeforeOrEqualTo(at(before));
				client.next((figures) -> figures.equals(last));
				assertThat(at(client.next())).isAfter(at(last));
			}
		}
	}

	@Test
	void dashboardCountsConnectionsOfAllRoutes() throws Exception {
		try (DemoClient dashboard = open("/ws/dashboard")) {
			Instant connected = Instant.now();
			int before = dashboard.next((figures) -> at(figures).isAfter(connected)).get("connections").intValue();
			try (DemoClient chat = open("/ws/chat/counted?name=Ada"); DemoClient page = open("/ws/notifications")) {
				dashboard.next((figures) -> figures.get("connections").intValue() >= 3);
			}
			dashboard.next((figures) -> figures.get("connections").intValue() <= before);
		}
	}

	@Test
	void notificationReachesEveryPage() throws Exception {
		try (DemoClient one = open("/ws/notifications"); DemoClient two = open("/ws/notifications")) {
			assertThat(post("{\"text\": \"Backup done\"}")).isEqualTo(202);
			assertThat(one.nextText()).isEqualTo("Backup done");
			assertThat(two.nextText()).isEqualTo("Backup done");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"text\": \"\"}", "nonsense" })
	void notificationWithoutTextIsBadRequest(String body) throws Exception {
		assertThat(post(body)).isEqualTo(400);
	}

	@Test
	void unknownPathIsNotFound() {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> open("/ws/unknown"))
			.havingCause()
			.isInstanceOfSatisfying(WebSocketHandshakeException.class,
					(ex) -> assertThat(ex.getResponse().statusCode()).isEqualTo(404));
	}

	private static Instant at(JsonNode figures) {
		return Instant.parse(figures.get("at").stringValue());
	}

	private DemoClient open(String path) throws Exception {
		return new DemoClient(URI.create("ws://localhost:" + this.port + path));
	}

	private int post(String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/notifications"))
			.header("Content-Type", "application/json")
			.timeout(Duration.ofSeconds(10))
			.POST(BodyPublishers.ofString(body))
			.build();
		return this.http.send(request, BodyHandlers.discarding()).statusCode();
	}

}
