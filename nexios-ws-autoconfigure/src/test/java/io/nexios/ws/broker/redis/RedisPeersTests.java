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

package io.nexios.ws.broker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.broker.BrokerState.Level;
import io.nexios.ws.broker.NodeCommand;
import io.nexios.ws.broker.NodeCommand.CloseAll;
import io.nexios.ws.broker.NodeCommand.ForgetHistories;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import io.nexios.ws.testsupport.redis.FaultProxy.Direction;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what nodes send to each other.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisPeersTests {

	private static final Payload HELLO = new Payload.Text("hello");

	private RedisServer redis;

	private TestNode first;

	private TestNode second;

	@BeforeEach
	void start() {
		this.redis = RedisServer.start();
		this.first = TestNode.start(this.redis.port());
		this.second = TestNode.start(this.redis.port());
		this.first.awaitState(Level.UP);
		this.second.awaitState(Level.UP);
		awaitListeners(2);
	}

	// A node listens a moment after it is up
	private void awaitListeners(int nodes) {
		Awaitility.await()
			.until(() -> this.redis.call("PUBSUB", "NUMSUB", "nx:ctl") instanceof List<?> answer
					&& Long.valueOf(nodes).equals(answer.get(1)));
		Awaitility.await().until(() -> Long.valueOf(nodes).equals(this.redis.call("SCARD", "nx:nodes")));
	}

	@AfterEach
	void stop() {
		this.first.close();
		this.second.close();
		this.redis.close();
	}

	private static <T> T get(CompletionStage<T> stage) {
		return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
	}

	private static boolean send(TestNode sender, String channel) {
		return get(sender.broker().sendTo(channel, HELLO));
	}

	private static Set<String> command(TestNode sender, NodeCommand command) {
		return get(sender.broker().command(command));
	}

	@Test
	void channelOfAnotherNodeGetsPayload() {
		assertThat(send(this.first, this.second.addChannel())).isTrue();
		assertThat(this.second.received()).containsExactly(HELLO.toString());
		assertThat(this.first.received()).isEmpty();
	}

	@Test
	void channelThatTheOtherNodeDoesNotHaveIsAnswered() {
		assertThat(send(this.first, this.second.broker().nodeId() + "." + "0".repeat(32))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", ".", "0123456789abcdef.0", "0123456789abcdef",
			"0123456789ABCDEF.00000000000000000000000000000000", "*.00000000000000000000000000000000",
			"0123456789abcdef.0000000000000000000000000000000\n", "0123456789abcdef.00000000000000000000000000000000" })
	void channelOfNoNodeIsNotFound(String channel) {
		assertThat(send(this.first, channel)).isFalse();
	}

	@Test
	void channelOfNodeWithoutLeaseIsNotFound() {
		String channel = this.second.addChannel();
		this.redis.call("DEL", "nx:node:" + this.second.broker().nodeId());
		assertThat(send(this.first, channel)).isFalse();
		assertThat(this.second.received()).isEmpty();
	}

	@Test
	void channelOfNodeThatHasStoppedIsNotFound() {
		String channel = this.second.addChannel();
		this.second.close();
		assertThat(send(this.first, channel)).isFalse();
	}

	@Test
	void largePayloadComesUnchanged() {
		Payload large = new Payload.Text("ä".repeat(500_000));
		assertThat(get(this.first.broker().sendTo(this.second.addChannel(), large))).isTrue();
		assertThat(this.second.received()).containsExactly(large.toString());
	}

	@Test
	void sendWithoutAnswerHasUnknownOutcome() {
		try (ProxiedNode deaf = ProxiedNode.start(this.redis.port())) {
			deaf.node().awaitState(Level.UP);
			awaitListeners(3);
			String channel = deaf.node().addChannel();
			deaf.proxy().hold(Direction.TO_CLIENT);
			CompletableFuture<Boolean> sent = this.first.broker().sendTo(channel, HELLO).toCompletableFuture();
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> sent.orTimeout(10, TimeUnit.SECONDS).join())
				.withCauseInstanceOf(SendOutcomeUnknownException.class);
		}
	}

	@Test
	void sendFailsAtOnceWithoutRedis() {
		String channel = this.second.addChannel();
		this.redis.close();
		this.first.awaitState(Level.DOWN);
		CompletableFuture<Boolean> sent = this.first.broker().sendTo(channel, HELLO).toCompletableFuture();
		assertThat(sent).isCompletedExceptionally();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(sent::join)
			.withCauseExactlyInstanceOf(GroupsUnavailableException.class);
	}

	@Test
	void commandReachesAllOtherNodes() {
		NodeCommand close = new CloseAll(1001, "bye");
		assertThat(command(this.first, close)).isEmpty();
		assertThat(this.second.received()).containsExactly(close.toString());
		assertThat(this.first.received()).isEmpty();
		assertThat(command(this.second, new ForgetHistories())).isEmpty();
		assertThat(this.first.received()).containsExactly(new ForgetHistories().toString());
	}

	@Test
	void nodeThatDoesNotAnswerCommandIsNamed() {
		try (ProxiedNode deaf = ProxiedNode.start(this.redis.port())) {
			deaf.node().awaitState(Level.UP);
			awaitListeners(3);
			deaf.proxy().hold(Direction.TO_CLIENT);
			assertThat(command(this.first, new ForgetHistories())).containsExactly(deaf.node().broker().nodeId());
			assertThat(this.second.received()).hasSize(1);
		}
	}

	@Test
	void nodeWithoutLeaseIsNotWaitedFor() {
		this.redis.call("SADD", "nx:nodes", "0123456789abcdef", "not a node");
		assertThat(command(this.first, new ForgetHistories())).isEmpty();
	}

	@Test
	void foreignBytesAreIgnored() {
		for (String foreign : List.of("", "P", "P1", "P2D", "P1X12345678", "N0", UUID.randomUUID().toString())) {
			this.redis.call("PUBLISH", "nx:ctl", foreign);
			this.redis.call("PUBLISH", "nx:in:" + this.second.broker().nodeId(), foreign);
		}
		assertThat(send(this.first, this.second.addChannel())).isTrue();
		assertThat(this.second.received()).containsExactly(HELLO.toString());
	}

	@Test
	void applicationWithAnotherPrefixHearsNothing() {
		try (TestNode other = TestNode.create(this.redis.port(), new RedisSettings("other", Duration.ofSeconds(2),
				1_000_000, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30)), 10)) {
			other.broker().start((message) -> {
			});
			other.awaitState(Level.UP);
			assertThat(get(other.broker().command(new ForgetHistories()))).isEmpty();
			assertThat(send(other, this.second.addChannel())).isFalse();
		}
		assertThat(this.second.received()).isEmpty();
	}

}
