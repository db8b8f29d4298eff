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
		try (DemoClient ada = enter("everyone", "Ada"); DemoClient bob = enter("everyone", "Bob")) {
			assertThat(ada.next("joined").at("/member/name").stringValue()).isEqualTo("Bob");
			Instant before = Instant.now();
			ada.send(message("Hello"));
			for (DemoClient client : new DemoClient[] { ada, bob }) {
				JsonNode message = client.next("message");
				assertThat(message.at("/from/name").stringValue()).isEqualTo("Ada");
				assertThat(message.at("/from/id").stringValue()).isEqualTo(ada.id());
				assertThat(message.get("text").stringValue()).isEqualTo("Hello");
				assertThat(Instant.parse(message.get("at").stringValue())).isBetween(before, Instant.now());
			}
		}
	}

	@Test
	void chatRoomsAreIsolated() throws Exception {
		try (DemoClient ada = enter("kitchen", "Ada"); DemoClient bob = enter("garden", "Bob")) {
			ada.send(message("For the kitchen"));
			assertThat(ada.nextText()).isEqualTo("For the kitchen");
			bob.send(message("For the garden"));
			assertThat(bob.nextText()).isEqualTo("For the garden");
		}
	}

	@Test
	void chatRoomIsNotAnyGroup() throws Exception {
		try (DemoClient ada = enter("notifications", "Ada"); DemoClient page = open("/ws/notifications")) {
			ada.send(message("For the room"));
			assertThat(ada.nextText()).isEqualTo("For the room");
			assertThat(post("{\"text\": \"For the page\"}")).isEqualTo(202);
			assertThat(page.nextText()).isEqualTo("For the page");
			ada.send(message("The end"));
			assertThat(ada.nextText()).isEqualTo("The end");
		}
	}

	@Test
	void chatHasHistoryOfMessagesOnly() throws Exception {
		try (DemoClient ada = enter("history", "Ada")) {
			ada.send(message("One"));
			ada.send("{\"type\": \"typing\"}");
			ada.send(privately(ada.id(), "Two"));
			ada.send(message("Three"));
			ada.next((event) -> event.path("text").asString("").equals("Three"));
		}
		try (DemoClient bob = open("/ws/chat/history?name=Bob")) {
			assertThat(bob.next("message").get("text").stringValue()).isEqualTo("One");
			JsonNode three = bob.next("message");
			assertThat(three.get("text").stringValue()).isEqualTo("Three");
			assertThat(three.at("/from/name").stringValue()).isEqualTo("Ada");
			bob.next("welcome");
			bob.send(message("Four"));
			bob.next((event) -> event.path("text").asString("").equals("Four"));
		}
	}

	@Test
	void chatTellsWhoIsHere() throws Exception {
		try (DemoClient ada = enter("presence", "Ada")) {
			DemoClient bob = open("/ws/chat/presence?name=Bob");
			JsonNode welcome = bob.next("welcome");
			assertThat(welcome.get("here").valueStream().map((member) -> member.get("name").stringValue()))
				.containsExactlyInAnyOrder("Ada", "Bob");
			assertThat(welcome.at("/you/name").stringValue()).isEqualTo("Bob");
			assertThat(ada.next("joined").get("member")).isEqualTo(welcome.get("you"));
			bob.close();
			assertThat(ada.next("left").get("member")).isEqualTo(welcome.get("you"));
		}
	}

	@Test
	void chatWhenSomebodyVanishesTellsTheOthers() throws Exception {
		try (DemoClient ada = enter("vanishing", "Ada")) {
			DemoClient bob = enter("vanishing", "Bob");
			assertThat(ada.next("joined").at("/member/id").stringValue()).isEqualTo(bob.id());
			bob.abort();
			assertThat(ada.next("left").at("/member/id").stringValue()).isEqualTo(bob.id());
			ada.send(message("Bob?"));
			assertThat(ada.nextText()).isEqualTo("Bob?");
		}
	}

	@Test
	void chatTypingNoticeReachesOnlyTheOthers() throws Exception {
		try (DemoClient ada = enter("typing", "Ada"); DemoClient bob = enter("typing", "Bob")) {
			ada.next("joined");
			ada.send("{\"type\": \"typing\"}");
			assertThat(bob.next("typing").at("/from/id").stringValue()).isEqualTo(ada.id());
			ada.send(message("Done"));
			assertThat(ada.nextText()).isEqualTo("Done");
		}
	}

	@Test
	void chatPrivateMessageReachesOnlyItsReceiverAndItsSender() throws Exception {
		try (DemoClient ada = enter("private", "Ada");
				DemoClient bob = enter("private", "Bob");
				DemoClient carol = enter("private", "Carol")) {
			ada.next("joined");
			ada.next("joined");
			bob.next("joined");
			ada.send(privately(bob.id(), "Psst"));
			for (DemoClient client : new DemoClient[] { bob, ada }) {
				JsonNode message = client.next("private");
				assertThat(message.get("text").stringValue()).isEqualTo("Psst");
				assertThat(message.at("/from/id").stringValue()).isEqualTo(ada.id());
				assertThat(message.at("/to/id").stringValue()).isEqualTo(bob.id());
				assertThat(message.at("/to/name").stringValue()).isEqualTo("Bob");
			}
			ada.send(message("Hello all"));
			assertThat(carol.nextText()).isEqualTo("Hello all");
		}
	}

	@Test
	void chatPrivateMessageDoesNotLeaveTheRoom() throws Exception {
		try (DemoClient ada = enter("attic", "Ada"); DemoClient bob = enter("cellar", "Bob")) {
			ada.send(privately(bob.id(), "Psst"));
			assertThat(ada.next("undelivered").get("text").stringValue()).isEqualTo("Psst");
			ada.send(privately("unknown", "Anybody?"));
			assertThat(ada.next("undelivered").get("text").stringValue()).isEqualTo("Anybody?");
			bob.send(message("Quiet here"));
			assertThat(bob.nextText()).isEqualTo("Quiet here");
		}
	}

	@Test
	void chatDoesNotTakeTheSenderFromTheMessage() throws Exception {
		try (DemoClient ada = enter("senders", "Ada")) {
			ada.send("{\"type\": \"message\", \"text\": \"Hello\", \"from\": {\"id\": \"1\", \"name\": \"Bob\"}}");
			JsonNode message = ada.next("message");
			assertThat(message.at("/from/id").stringValue()).isEqualTo(ada.id());
			assertThat(message.at("/from/name").stringValue()).isEqualTo("Ada");
		}
	}

	@Test
	void chatTakesAnyName() throws Exception {
		try (DemoClient client = enter("caf%C3%A9%20%E2%98%95", "%E6%9D%8E%E9%9B%B7%20%26%20Co")) {
			client.send(message("Hello"));
			assertThat(client.next("message").at("/from/name").stringValue()).isEqualTo("\u674e\u96f7 & Co");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lobby", "lobby?name=", "lobby?name=%20", "lobby?name=A%0AB",
			"lobby?name=aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx", "%20?name=Ada", "%07?name=Ada",
			"lobby:user:Bob?name=Ada", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx?name=Ada" })
	void chatWithoutUsableNamesIsRejected(String roomAndName) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> open("/ws/chat/" + roomAndName))
			.havingCause()
			.isInstanceOfSatisfying(WebSocketHandshakeException.class,
					(ex) -> assertThat(ex.getResponse().statusCode()).isEqualTo(400));
	}

	@ParameterizedTest
	@ValueSource(strings = { "not JSON", "{}", "{\"text\": \"No type\"}", "{\"type\": \"message\"}",
			"{\"type\": \"message\", \"text\": \" \"}", "{\"type\": \"private\", \"text\": \"To nobody\"}",
			"{\"type\": \"welcome\", \"text\": \"Hello\"}", "{\"type\": \"java.lang.Object\"}", "null", "[]" })
	void chatWithUnusableMessageIsClosed(String message) throws Exception {
		try (DemoClient ada = enter("unusable", "Ada"); DemoClient bob = enter("unusable", "Bob")) {
			ada.send(message);
			assertThat(ada.closeCode()).isEqualTo(1007);
			bob.next((event) -> event.get("type").stringValue().equals("left")
					&& event.at("/member/id").stringValue().equals(ada.id()));
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
			try (DemoClient chat = enter("counted", "Ada"); DemoClient page = open("/ws/notifications")) {
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

	private DemoClient enter(String room, String name) throws Exception {
		DemoClient client = open("/ws/chat/" + room + "?name=" + name);
		client.welcome();
		return client;
	}

	private static String message(String text) {
		return "{\"type\": \"message\", \"text\": \"%s\"}".formatted(text);
	}

	private static String privately(String to, String text) {
		return "{\"type\": \"private\", \"to\": \"%s\", \"text\": \"%s\"}".formatted(to, text);
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
			.timeout(Duration.ofSeconds(30))
			.POST(BodyPublishers.ofString(body))
			.build();
		return this.http.send(request, BodyHandlers.discarding()).statusCode();
	}

}
