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

package io.nexios.ws.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.group.delivery.PositionTokens;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Channels of three nodes that join and leave one group all the time, while messages are
 * sent. A node without members unsubscribes at once.
 *
 * @author Nexios Team
 */
@RequiresRedis
class MembershipStormTests {

	private static final String GROUP = "storm";

	private static final int NODES = 3;

	private static final int THREADS = 8;

	private static final int ROUNDS = 24;

	private static final int ROUNDS_TOGETHER = 4;

	private final List<LocalNode> nodes = new ArrayList<>();

	private final List<Member> members = new ArrayList<>();

	private final ExecutorService threads = Executors.newFixedThreadPool(NODES * THREADS);

	private RedisServer redis;

	@BeforeEach
	void start() {
		this.redis = RedisServer.start();
		for (int i = 0; i < NODES; i++) {
			LocalNode node = LocalNode.start(List.of(Connections.class), this.redis.port(),
					"nexios.ws.redis.unsubscribe-delay=0");
			this.nodes.add(node);
			Phaser together = new Phaser(THREADS);
			for (int j = 0; j < THREADS; j++) {
				this.members.add(new Member(node, "member-" + i + "-" + j, together));
			}
		}
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.members.forEach(Member::close);
		this.nodes.forEach(LocalNode::close);
		this.redis.close();
	}

	@Test
	void whoIsAMemberGetsEveryMessage() throws Exception {
		run((member) -> member::comeAndGo);
		List<Member> staying = this.members.stream().filter((member) -> this.members.indexOf(member) % 3 != 0).toList();
		staying.forEach(Member::join);
		this.nodes.forEach(
				(node) -> node.channels().groupSend(GROUP, "last of " + node.id(), SendOptions.create().saveHistory()));
		for (Member member : this.members) {
			if (staying.contains(member)) {
				this.nodes.forEach((node) -> member.readUntil("last of " + node.id()));
			}
			member.client.expectNothing();
		}
	}

	private void run(Function<Member, Callable<Void>> work) throws Exception {
		List<Future<Void>> ends = new ArrayList<>();
		for (Member member : this.members) {
			ends.add(this.threads.submit(work.apply(member)));
		}
		for (Future<Void> end : ends) {
			end.get(90, TimeUnit.SECONDS);
		}
	}

	/**
	 * A channel, and the client that gets its messages.
	 */
	private static final class Member {

		private final PositionTokens tokens = new PositionTokens(GROUP);

		private final LocalNode node;

		private final String name;

		private final Phaser together;

		private final Random random;

		private final RawWs client;

		private final Channel channel;

		private Position last;

		Member(LocalNode node, String name, Phaser together) {
			this.node = node;
			this.name = name;
			this.together = together;
			this.random = new Random(name.hashCode());
			this.client = node.server().connect("/connections/" + name);
			Map<String, WebSocket> open = node.server().bean(Connections.class).open;
			Awaitility.await().until(() -> open.containsKey(name));
			this.channel = Channel.of(open.get(name));
		}

		/**
		 * Join and leave. The members of a node leave it all together from time to time.
		 */
		private Void comeAndGo() {
			for (int round = 0; round < ROUNDS; round++) {
				if (round % ROUNDS_TOGETHER == 0) {
					this.together.arriveAndAwaitAdvance();
					LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(this.random.nextInt(5)));
				}
				join();
				for (int message = this.random.nextInt(3); message > 0; message--) {
					String text = this.name + " " + round + " " + message;
					this.node.channels().groupSend(GROUP, text, SendOptions.create().saveHistory());
					readUntil(text);
				}
				this.node.channels().removeChannelFromGroup(this.channel, GROUP);
				readUntilLeft();
			}
			return null;
		}

		private void join() {
			assertThat(this.node.channels().join(this.channel, GROUP, JoinOptions.create().withPositions()).status())
				.isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
			JsonNode first = read();
			assertThat(first.has("joined")).as(first::toString).isTrue();
			this.last = position(first);
		}

		private void readUntil(String text) {
			String data = null;
			while (!text.equals(data)) {
				data = readData(read());
			}
		}

		private void readUntilLeft() {
			JsonNode next = read();
			while (!next.has("left")) {
				readData(next);
				next = read();
			}
		}

		private String readData(JsonNode node) {
			assertThat(node.has("data")).as(node::toString).isTrue();
			Position position = position(node);
			assertThat(position.epoch()).isEqualTo(this.last.epoch());
			assertThat(position.offset()).isEqualTo(this.last.offset() + 1);
			this.last = position;
			return node.get("data").stringValue();
		}

		private JsonNode read() {
			return JsonMapper.shared().readTree(this.client.readText());
		}

		private Position position(JsonNode node) {
			return Objects.requireNonNull(this.tokens.read(node.get("position").stringValue()));
		}

		void close() {
			this.client.close();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Connections {

		private final Map<String, WebSocket> open = new ConcurrentHashMap<>();

		@Bean
		WSRouter connections() {
			WSRouter router = new WSRouter();
			router.addWsRoute("/connections/{name}", (ws) -> {
				ws.accept();
				this.open.put(ws.pathParam("name"), ws);
				ws.awaitDisconnect();
			});
			return router;
		}

	}

}
