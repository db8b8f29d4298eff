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

package io.nexios.ws.channel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Groups over the network.
 *
 * @author Nexios Team
 */
@Timeout(90)
class GroupSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(Application.class).with(
			"nexios.ws.limits.groups-per-connection=4", "nexios.ws.history.max-messages=100000",
			"nexios.ws.history.max-bytes=100MB", "nexios.ws.history.total-max-bytes=200MB",
			"nexios.ws.outbound.max-bytes=100MB", "nexios.ws.outbound.max-age=30s");

	private ChannelBox box;

	@BeforeEach
	void findBox() {
		this.box = server.bean(ChannelBox.class);
		this.box.flushHistory();
	}

	@AfterEach
	void expectNoGroups() {
		Awaitility.await().untilAsserted(() -> assertThat(this.box.showGroups()).isEmpty());
	}

	@Test
	void membersOfARoomGetItsMessagesAndOthersDoNot() {
		try (RawWs first = join("/rooms/red"); RawWs second = join("/rooms/red"); RawWs other = join("/rooms/blue")) {
			first.sendText("hello");
			first.expectText("\"hello\"");
			second.expectText("\"hello\"");
			other.expectNothing();
			other.sendText("hi");
			other.expectText("\"hi\"");
			first.expectNothing();
			assertThat(this.box.showGroups()).containsOnlyKeys("red", "blue");
		}
	}

	@Test
	void connectionMayBeInSeveralGroupsAndLeaveOne() {
		try (RawWs client = join("/several/a/b/c"); RawWs sender = join("/rooms/sender")) {
			for (String group : List.of("a", "b", "c")) {
				this.box.groupSend(group, group);
				client.expectText("\"" + group + "\"");
			}
			client.sendText("b");
			client.expectText("CHANNEL_LEFT");
			assertThat(this.box.groupSend("b", "lost")).isEqualTo(GroupSendStatus.NO_SUCH_GROUP);
			assertThat(this.box.groupSend("c", "kept")).isEqualTo(GroupSendStatus.GROUP_SEND);
			client.expectText("\"kept\"");
			sender.expectNothing();
		}
	}

	@Test
	void peersThatLeaveInWhateverWayAreNoMembersAnyMore() {
		RawWs proper = join("/rooms/g");
		RawWs reset = join("/rooms/g");
		RawWs cut = join("/rooms/g");
		try (RawWs stays = join("/rooms/g")) {
			assertThat(this.box.channels("g")).hasSize(4);
			proper.leave();
			reset.abort();
			cut.close();
			Awaitility.await().untilAsserted(() -> assertThat(this.box.channels("g")).hasSize(1));
			this.box.groupSend("g", 1);
			stays.expectText("1");
		}
		proper.close();
	}

	@Test
	void controllerMaySendToAGroup() throws Exception {
		try (RawWs client = join("/rooms/news")) {
			assertThat(post("news item")).isEqualTo("GROUP_SEND");
			client.expectText("\"news item\"");
		}
		Awaitility.await().untilAsserted(() -> assertThat(post("nobody")).isEqualTo("NO_SUCH_GROUP"));
	}

	@Test
	void channelInNoGroupIsFoundByItsId() {
		try (RawWs client = server.connect("/id")) {
			String id = client.readText();
			assertThat(this.box.sendTo(id, Map.of("private", true))).isTrue();
			client.expectText("{\"private\":true}");
			client.leave();
			Awaitility.await().until(() -> !this.box.sendTo(id, "x"));
		}
	}

	@Test
	void broadcastsThatAreSavedReachThoseWhoJoinLater() {
		for (int i = 0; i < 3; i++) {
			this.box.groupSend("late", i, SendOptions.create().saveHistory());
		}
		try (RawWs client = server.connect("/late")) {
			client.expectText("0");
			client.expectText("1");
			client.expectText("2");
			this.box.groupSend("late", 3);
			client.expectText("3");
		}
		Awaitility.await().until(() -> this.box.showGroups().isEmpty());
		assertThat(this.box.showHistory("late")).hasSize(3);
	}

	@Test
	void closingAllConnectionsReachesTheirPeers() {
		try (RawWs first = join("/rooms/a"); RawWs second = join("/rooms/b")) {
			this.box.closeAllConnections();
			first.expectClose(1001);
			second.expectClose(1001);
		}
	}

	@Test
	void everybodyWhoJoinsDuringAContinuousPublishMissesNothingAndGetsNothingTwice() throws Exception {
		int publishers = 3;
		AtomicBoolean stop = new AtomicBoolean();
		List<CompletableFuture<?>> publishing = new ArrayList<>();
		for (int i = 0; i < publishers; i++) {
			String publisher = String.valueOf(i);
			publishing.add(CompletableFuture.runAsync(() -> publish(publisher, stop), GroupSocketTests::start));
		}
		List<CompletableFuture<?>> members = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			boolean leaves = i % 4 == 3;
			members.add(CompletableFuture.runAsync(() -> {
				for (int j = 0; j < 5; j++) {
					followSeam(leaves ? 40 : 300);
				}
			}, GroupSocketTests::start));
		}
		try {
			CompletableFuture.allOf(members.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
		}
		finally {
			stop.set(true);
			CompletableFuture.allOf(publishing.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
		}
	}

	private void publish(String publisher, AtomicBoolean stop) {
		SendOptions saved = SendOptions.create().saveHistory();
		for (int i = 0; !stop.get(); i++) {
			this.box.groupSend("late", publisher + ":" + i, saved);
			this.box.groupSend("late", publisher + ";" + i);
			LockSupport.parkNanos(2_000_000);
		}
	}

	private void followSeam(int messages) {
		try (RawWs client = server.connect("/late")) {
			Map<String, Integer> next = new HashMap<>();
			Map<String, Integer> nextUnsaved = new HashMap<>();
			int unsaved = 0;
			for (int i = 0; unsaved < messages; i++) {
				String text = client.readText().replace("\"", "");
				boolean saved = text.contains(":");
				String[] parts = text.split("[:;]");
				int number = Integer.parseInt(parts[1]);
				if (saved) {
					// The whole history is kept, so the messages of each publisher begin
					// with 0
					assertThat(number).isEqualTo(next.getOrDefault(parts[0], 0));
					next.put(parts[0], number + 1);
				}
				else {
					unsaved++;
					assertThat(number).isEqualTo(nextUnsaved.getOrDefault(parts[0], number));
					nextUnsaved.put(parts[0], number + 1);
					assertThat(next.get(parts[0])).as("Sent after %s", text).isEqualTo(number + 1);
				}
			}
		}
	}

	@Test
	void stalledReaderAmongManyDelaysNobody() {
		List<RawWs> readers = new ArrayList<>();
		try (RawWs stalled = server.handshake("/rooms/g").receiveBuffer(4096).connect()) {
			stalled.expectText("joined");
			for (int i = 0; i < 50; i++) {
				readers.add(join("/rooms/g"));
			}
			String large = "x".repeat(10_000);
			for (int i = 0; i < 1_000; i++) {
				if (i % 100 == 0) {
					this.box.groupSend("g", i);
					for (RawWs reader : readers) {
						reader.expectText(String.valueOf(i));
					}
				}
				this.box.groupSend("g", large, SendOptions.create().except("nobody"));
				for (RawWs reader : readers) {
					reader.readText();
				}
			}
		}
		finally {
			readers.forEach(RawWs::close);
		}
	}

	@Test
	void hundredsOfMembersComeAndGoWhileEverythingArrivesAtThoseWhoStay() throws Exception {
		AtomicBoolean stop = new AtomicBoolean();
		AtomicBoolean enough = new AtomicBoolean();
		List<RawWs> members = new ArrayList<>();
		try {
			for (int i = 0; i < 200; i++) {
				members.add(join("/rooms/g"));
			}
			CompletableFuture<?> churn = CompletableFuture.runAsync(() -> {
				while (!enough.get()) {
					// Messages that are published meanwhile may come before the message
					// that it has joined
					try (RawWs guest = server.connect("/rooms/g")) {
						guest.readText();
						guest.readText();
					}
				}
			}, GroupSocketTests::start);
			CompletableFuture<?> publishing = CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 400 || !stop.get(); i++) {
					this.box.groupSend("g", i);
					LockSupport.parkNanos(1_000_000);
				}
			}, GroupSocketTests::start);
			for (RawWs member : members) {
				for (int i = 0; i < 400; i++) {
					member.expectText(String.valueOf(i));
				}
			}
			enough.set(true);
			churn.get(30, TimeUnit.SECONDS);
			stop.set(true);
			publishing.get(30, TimeUnit.SECONDS);
		}
		finally {
			enough.set(true);
			stop.set(true);
			members.forEach(RawWs::close);
		}
	}

	private static RawWs join(String path) {
		RawWs client = server.connect(path);
		client.expectText("joined");
		return client;
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "group-test");
		thread.setDaemon(true);
		thread.start();
	}

	@Test
	void joiningWithHistoryBeforeAcceptGetsItWhenOpen() {
		for (int i = 0; i < 3; i++) {
			this.box.groupSend("late", "m" + i, SendOptions.create().saveHistory());
		}
		try (RawWs client = server.connect("/early")) {
			for (int i = 0; i < 3; i++) {
				client.expectText("\"m" + i + "\"");
			}
			client.expectText("\"missed\"");
			client.expectText("accepted");
			this.box.groupSend("late", "live");
			client.expectText("\"live\"");
		}
	}

	private static String post(String body) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/publish"))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		WSRouter rooms(ChannelBox box) {
			return new WSRouter().addWsRoute("/rooms/{room}", (ws) -> {
				ws.accept();
				box.addChannelToGroup(Channel.of(ws), ws.pathParam("room"));
				ws.sendText("joined");
				ws.texts().forEach((text) -> box.groupSend(ws.pathParam("room"), text));
			}).addWsRoute("/several/{a}/{b}/{c}", (ws) -> {
				ws.accept();
				Channel channel = Channel.of(ws);
				ws.pathParams().values().forEach((group) -> box.addChannelToGroup(channel, group.toString()));
				ws.sendText("joined");
				ws.texts().forEach((text) -> {
					box.removeChannelFromGroup(channel, text);
					ws.sendText("CHANNEL_LEFT");
				});
			}).addWsRoute("/id", (ws) -> {
				ws.accept();
				ws.sendText(Channel.of(ws).id());
				ws.awaitDisconnect();
			}).addWsRoute("/early", (ws) -> {
				box.joinWithHistory(Channel.of(ws), "late");
				box.groupSend("late", "missed");
				ws.accept();
				ws.sendText("accepted");
				ws.awaitDisconnect();
			}).addWsRoute("/late", (ws) -> {
				ws.accept();
				box.joinWithHistory(Channel.of(ws), "late");
				ws.awaitDisconnect();
			});
		}

		@Bean
		PublishController publishController(ChannelBox box) {
			return new PublishController(box);
		}

	}

	@RestController
	static class PublishController {

		private final ChannelBox box;

		PublishController(ChannelBox box) {
			this.box = box;
		}

		@PostMapping("/publish")
		String publish(@RequestBody String text) {
			return this.box.groupSend("news", text).name();
		}

	}

}
