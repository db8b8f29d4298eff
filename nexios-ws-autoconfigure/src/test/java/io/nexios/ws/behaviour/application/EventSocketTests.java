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

package io.nexios.ws.behaviour.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketConnectedEvent;
import io.nexios.ws.WebSocketDisconnectedEvent;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.GroupJoinedEvent;
import io.nexios.ws.channel.GroupLeftEvent;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events over the network.
 *
 * @author Nexios Team
 */
class EventSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(Application.class);

	private Listener listener;

	@BeforeEach
	void findListener() {
		this.listener = server.bean(Listener.class);
	}

	@Test
	void eventsOfAConnectionComeOnceAndInTheirOrder() {
		try (RawWs client = server.connect("/join/a/b")) {
			String id = client.readText();
			Awaitility.await().until(() -> this.listener.of(id).size() == 3);
			client.sendText("leave a");
			client.sendClose(4001, "bye");
			client.expectClose(4001);
			this.listener.expect(id, "connected", "joined a", "joined b", "left a", "left b", "disconnected 4001 bye");
		}
	}

	@Test
	void peerThatVanishesIsReported() {
		RawWs client = server.connect("/join/a/b");
		String id = client.readText();
		Awaitility.await().until(() -> this.listener.of(id).size() == 3);
		client.abort();
		Awaitility.await().untilAsserted(() -> assertThat(this.listener.of(id)).hasSize(6));
		assertThat(this.listener.of(id).get(5)).startsWith("disconnected 1006");
	}

	@Test
	void closeByTheServerIsReportedAfterTheGroupsWereLeft() {
		for (int i = 0; i < 30; i++) {
			try (RawWs client = server.connect("/join/a/b")) {
				String id = client.readText();
				client.sendText("close");
				client.expectClose(4100);
				client.sendClose(4100, "");
				Awaitility.await().until(() -> this.listener.of(id).contains("disconnected 4100 "));
				assertThat(this.listener.of(id)).hasSize(6).startsWith("connected").endsWith("disconnected 4100 ");
			}
		}
	}

	@Test
	void rejectedConnectionHasNoEvents() {
		int before = this.listener.connections();
		try (RawWs client = server.handshake("/reject").send()) {
			assertThat(client.status()).isEqualTo(403);
		}
		try (RawWs client = server.connect("/join/a/b")) {
			String id = client.readText();
			Awaitility.await().until(() -> this.listener.of(id).size() == 3);
		}
		assertThat(this.listener.connections()).isEqualTo(before + 1);
	}

	@Test
	void listenerMaySendToTheGroup() {
		try (RawWs first = server.connect("/join/greeted/b")) {
			first.readText();
			first.expectText("\"welcome\"");
			try (RawWs second = server.connect("/join/greeted/c")) {
				second.readText();
				second.expectText("\"welcome\"");
				first.expectText("\"welcome\"");
			}
		}
	}

	@Test
	void listenerThatThrowsHarmsNobody() {
		try (RawWs client = server.connect("/join/fail/b")) {
			String id = client.readText();
			Awaitility.await().until(() -> this.listener.of(id).size() == 3);
			client.sendText("leave fail");
			client.leave();
			this.listener.expect(id, "connected", "joined fail", "joined b", "left fail", "left b",
					"disconnected 1000 ");
		}
	}

	@Test
	void listenersThatBlockDelayNoMessage() {
		this.listener.release = new Signal();
		List<RawWs> blocking = new ArrayList<>();
		try {
			for (int i = 0; i < 20; i++) {
				RawWs client = server.connect("/join/block/" + i);
				blocking.add(client);
				client.readText();
			}
			try (RawWs client = server.connect("/join/a/b")) {
				client.readText();
				ChannelBox box = server.bean(ChannelBox.class);
				Awaitility.await().until(() -> !box.channels("b").isEmpty());
				box.groupSend("b", 7);
				client.expectText("7");
			}
		}
		finally {
			this.listener.release.fire();
			blocking.forEach(RawWs::close);
		}
	}

	static class Listener {

		private final Map<String, List<String>> events = new ConcurrentHashMap<>();

		private final ChannelBox box;

		private volatile Signal release = new Signal();

		Listener(ChannelBox box) {
			this.box = box;
		}

		@EventListener
		void connected(WebSocketConnectedEvent event) {
			add(event.webSocket(), "connected");
		}

		@EventListener
		void disconnected(WebSocketDisconnectedEvent event) {
			assertThat(event.duration()).isPositive();
			add(event.webSocket(), "disconnected " + event.code() + " " + event.reason());
		}

		@EventListener
		void joined(GroupJoinedEvent event) {
			add(event.channel().webSocket(), "joined " + event.group());
			switch (event.group()) {
				case "greeted" -> this.box.groupSend("greeted", "welcome");
				case "fail" -> throw new IllegalStateException("on purpose");
				case "block" -> this.release.await();
				default -> {
				}
			}
		}

		@EventListener
		void left(GroupLeftEvent event) {
			add(event.channel().webSocket(), "left " + event.group());
		}

		private void add(WebSocket ws, String event) {
			this.events.computeIfAbsent(ws.id(), (id) -> new CopyOnWriteArrayList<>()).add(event);
		}

		List<String> of(String id) {
			return this.events.getOrDefault(id, List.of());
		}

		int connections() {
			return this.events.size();
		}

		void expect(String id, String... expected) {
			Awaitility.await().untilAsserted(() -> assertThat(of(id)).containsExactly(expected));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Listener listener(ChannelBox box) {
			return new Listener(box);
		}

		@Bean
		WSRouter eventRouter(ChannelBox box) {
			return new WSRouter().addWsRoute("/join/{first}/{second}", (ws) -> {
				ws.accept();
				Channel channel = Channel.of(ws);
				ws.sendText(ws.id());
				box.addChannelToGroup(channel, ws.pathParam("first"));
				box.addChannelToGroup(channel, ws.pathParam("second"));
				ws.texts().forEach((text) -> {
					if (text.equals("close")) {
						ws.close(4100);
					}
					else {
						box.removeChannelFromGroup(channel, text.substring("leave ".length()));
					}
				});
			}).addWsRoute("/reject", WebSocket::close);
		}

	}

}
