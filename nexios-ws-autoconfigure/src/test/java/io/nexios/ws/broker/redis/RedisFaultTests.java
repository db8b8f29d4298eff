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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import io.nexios.ws.testsupport.redis.FaultProxy.Direction;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RedisGroupBroker} when the network fails, and when Redis loses a part
 * of what it knows.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisFaultTests {

	private final String group = "group-" + UUID.randomUUID();

	private RedisServer redis;

	@BeforeEach
	void startRedis() {
		this.redis = RedisServer.start();
	}

	@AfterEach
	void stopRedis() {
		this.redis.close();
	}

	@Test
	void messagesThatASubscriberWithoutAnEventHasMissedArriveInOrder() {
		try (TestNode sender = TestNode.start(this.redis.port());
				ProxiedNode receiver = ProxiedNode.start(this.redis.port(), Duration.ofMillis(500))) {
			receiver.node().subscribe(this.group);
			sender.publishAll(this.group, 0, 10);
			receiver.node().delivered(this.group).awaitNumber(9);
			receiver.proxy().connection(subscriberPort()).hold(Direction.TO_CLIENT);
			sender.publishAll(this.group, 10, 30);
			receiver.node().delivered(this.group).awaitNumber(29);
			assertThat(receiver.node().delivered(this.group).numbers())
				.isEqualTo(IntStream.range(0, 30).boxed().toList());
			assertThat(receiver.node().delivered(this.group).losses()).isEmpty();
		}
	}

	// The port of the proxy from which the connection of the receiver comes. Each node
	// subscribes to three channels of its own
	private int subscriberPort() {
		return this.redis.clients("")
			.stream()
			.filter((client) -> Integer.parseInt(client.get("sub")) > 3)
			.map((client) -> client.get("addr"))
			.mapToInt((address) -> Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void publishWhoseAnswerNeverComesHasAnUnknownOutcomeAndNoDuplicate() {
		try (ProxiedNode sender = ProxiedNode.start(this.redis.port());
				TestNode receiver = TestNode.start(this.redis.port())) {
			receiver.subscribe(this.group);
			sender.node().publishAll(this.group, 0, 1);
			sender.proxy().hold(Direction.TO_CLIENT);
			CompletableFuture<Acceptance> unknown = publish(sender.node(), 1, true);
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> unknown.orTimeout(10, TimeUnit.SECONDS).join())
				.withCauseInstanceOf(SendOutcomeUnknownException.class);
			sender.proxy().release(Direction.TO_CLIENT);
			sender.node().publishAll(this.group, 2, 3);
			receiver.delivered(this.group).awaitNumber(2);
			assertThat(receiver.delivered(this.group).numbers()).containsExactly(0, 1, 2);
		}
	}

	@Test
	void messagesThatWereExecutedWithoutAnAnswerComeOnce() {
		try (ProxiedNode sender = ProxiedNode.start(this.redis.port());
				TestNode receiver = TestNode.start(this.redis.port())) {
			receiver.subscribe(this.group);
			sender.node().publishAll(this.group, 0, 1);
			sender.proxy().hold(Direction.TO_CLIENT);
			List<CompletableFuture<Acceptance>> publishes = new ArrayList<>();
			for (int number = 1; number <= 500; number++) {
				publishes.add(publish(sender.node(), number, true));
			}
			String stream = new RedisNames("nx").group(this.group).stream();
			Awaitility.await().until(() -> Long.valueOf(501).equals(this.redis.call("XLEN", stream)));
			sender.proxy().release(Direction.TO_CLIENT);
			sender.proxy().cut();
			assertThat(publishes).allSatisfy((publish) -> assertThat(publish.orTimeout(10, TimeUnit.SECONDS).join())
				.extracting(Acceptance::subscribed)
				.isEqualTo(true));
			receiver.delivered(this.group).awaitNumber(500);
			assertThat(receiver.delivered(this.group).numbers())
				.isEqualTo(IntStream.rangeClosed(0, 500).boxed().toList());
			assertThat(this.redis.call("XLEN", stream)).isEqualTo(501L);
		}
	}

	@Test
	void nodeThatIsCutOffFailsAtOnceAndGetsWhatItHasMissed() {
		try (ProxiedNode cutOff = ProxiedNode.start(this.redis.port());
				TestNode other = TestNode.start(this.redis.port())) {
			cutOff.node().subscribe(this.group);
			other.publishAll(this.group, 0, 1);
			cutOff.node().delivered(this.group).awaitNumber(0);
			cutOff.proxy().refuse();
			cutOff.proxy().cut();
			cutOff.node().awaitState(BrokerState.Level.DOWN);
			CompletableFuture<Acceptance> refused = publish(cutOff.node(), 99, true);
			assertThat(refused).isCompletedExceptionally();
			assertThatExceptionOfType(CompletionException.class).isThrownBy(refused::join)
				.withCauseExactlyInstanceOf(GroupsUnavailableException.class);
			other.publishAll(this.group, 1, 20);
			cutOff.proxy().accept();
			cutOff.node().delivered(this.group).awaitNumber(19);
			assertThat(cutOff.node().delivered(this.group).numbers())
				.isEqualTo(IntStream.range(0, 20).boxed().toList());
			assertThat(cutOff.node().delivered(this.group).losses()).isEmpty();
		}
	}

	@Test
	void removedScriptsAreLoadedAgain() {
		try (TestNode node = TestNode.start(this.redis.port())) {
			node.subscribe(this.group);
			NumberedPublisher publisher = NumberedPublisher.start(node.broker(), this.group);
			publisher.awaitAccepted(20);
			this.redis.call("SCRIPT", "FLUSH");
			publisher.awaitAccepted(20);
			publisher.close();
			node.delivered(this.group).expectAllOf(publisher);
			assertThat(node.delivered(this.group).losses()).isEmpty();
		}
	}

	@Test
	void removedScriptsAreLoadedAgainByNodeThatDoesNotPublish() {
		try (TestNode node = TestNode.start(this.redis.port())) {
			node.awaitState(BrokerState.Level.UP);
			this.redis.call("SCRIPT", "FLUSH");
			assertThat(node.subscribe(this.group)).isNotNull();
			assertThat(node.states()).hasSizeLessThanOrEqualTo(1);
		}
	}

	@Test
	void groupsAreDeliveredAfterReconnectThoughTheMemoryIsFull() {
		try (TestNode node = TestNode.start(this.redis.port()); TestNode other = TestNode.start(this.redis.port())) {
			node.subscribe(this.group);
			other.awaitState(BrokerState.Level.UP);
			this.redis.call("CONFIG", "SET", "maxmemory", 1);
			this.redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
			Awaitility.await().until(() -> node.states().contains(BrokerState.UP));
			Awaitility.await().until(() -> other.states().contains(BrokerState.UP));
			publish(other, 1, false).orTimeout(10, TimeUnit.SECONDS).join();
			Awaitility.await().until(() -> node.delivered(this.group).numbers().contains(1));
		}
	}

	@Test
	void removedDataIsAnotherEpoch() {
		try (TestNode node = TestNode.start(this.redis.port())) {
			node.subscribe(this.group);
			node.publishAll(this.group, 0, 3);
			node.delivered(this.group).awaitNumber(2);
			this.redis.call("FLUSHALL");
			node.publishAll(this.group, 3, 6);
			node.delivered(this.group).awaitNumber(5);
			node.delivered(this.group).expectNoSilentGap();
			assertThat(node.delivered(this.group).losses()).extracting(Loss::reason).containsExactly(Reason.EPOCH);
		}
	}

	@Test
	void removedMetaIsAnotherEpoch() {
		try (TestNode node = TestNode.start(this.redis.port())) {
			node.subscribe(this.group);
			node.publishAll(this.group, 0, 3);
			node.delivered(this.group).awaitNumber(2);
			this.redis.call("DEL", new RedisNames("nx").group(this.group).meta());
			node.publishAll(this.group, 3, 6);
			node.delivered(this.group).awaitNumber(5);
			assertThat(node.delivered(this.group).losses()).extracting(Loss::reason).containsExactly(Reason.EPOCH);
		}
	}

	@Test
	void foreignBytesOnTheChannelAreIgnored() {
		try (TestNode node = TestNode.start(this.redis.port()); RespClient client = this.redis.connect()) {
			node.subscribe(this.group);
			String channel = new RedisNames("nx").group(this.group).channel();
			for (String bytes : List.of("", "N", "N0", "N1", "N9abc", "N1" + "x".repeat(16),
					"N1" + "x".repeat(16) + "7:", "hello", "N0" + "\u00ff".repeat(40))) {
				client.call("PUBLISH", channel, bytes.getBytes(StandardCharsets.ISO_8859_1));
			}
			node.publishAll(this.group, 0, 3);
			node.delivered(this.group).awaitNumber(2);
			assertThat(node.delivered(this.group).numbers()).containsExactly(0, 1, 2);
		}
	}

	@Test
	void unsavedMessagesWorkWhileTheMemoryOfRedisIsFull() {
		try (TestNode node = TestNode.start(this.redis.port())) {
			node.subscribe(this.group);
			node.publishAll(this.group, 0, 1);
			this.redis.call("CONFIG", "SET", "maxmemory", 1);
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> publish(node, 1, true).orTimeout(10, TimeUnit.SECONDS).join())
				.withCauseExactlyInstanceOf(GroupsUnavailableException.class);
			assertThat(publish(node, 2, false).orTimeout(10, TimeUnit.SECONDS).join().subscribed()).isTrue();
			node.delivered(this.group).awaitNumber(2);
			this.redis.call("CONFIG", "SET", "maxmemory", 0);
			node.publishAll(this.group, 3, 4);
			node.delivered(this.group).awaitNumber(3);
			assertThat(node.delivered(this.group).numbers()).containsExactly(0, 2, 3);
			assertThat(node.delivered(this.group).losses()).isEmpty();
		}
	}

	@Test
	void nothingIsLeftInRedisByNodesThatStop() {
		try (RespClient client = this.redis.connect()) {
			for (int round = 0; round < 20; round++) {
				try (TestNode node = TestNode.start(this.redis.port())) {
					node.subscribe(this.group);
					node.publishAll(this.group, round, round + 1);
				}
			}
			assertThat(client.list("KEYS", "nx:node*")).isEmpty();
			assertThat(client.list("KEYS", "nx:own:*")).isEmpty();
			assertThat(client.list("KEYS", "nx:{*}:n:*")).isEmpty();
			Awaitility.await().until(() -> client.list("PUBSUB", "CHANNELS").isEmpty());
			Awaitility.await().until(() -> this.redis.clients("nexios").isEmpty());
			assertThat(client.map("HGETALL", new RedisNames("nx").group(this.group).meta())).containsOnlyKeys("e", "n",
					"f");
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void nodeThatStopsLogsNoWarning(CapturedOutput output) {
		try (TestNode node = TestNode.start(this.redis.port())) {
			node.subscribe(this.group);
		}
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void nodeThatIsKilledIsClearedUpByAnother() {
		try (TestNode other = TestNode.start(this.redis.port(), Duration.ofSeconds(5), Duration.ofSeconds(2));
				RespClient client = this.redis.connect()) {
			ProxiedNode killed = ProxiedNode.start(this.redis.port(), Duration.ofSeconds(5));
			try (killed) {
				killed.node().subscribe(this.group);
				killed.proxy().refuse();
				killed.proxy().cut();
				String interest = new RedisNames("nx").group(this.group).interest();
				this.redis.call("DEL", "nx:node:" + killed.node().broker().nodeId());
				Awaitility.await()
					.atMost(30, TimeUnit.SECONDS)
					.until(() -> Long.valueOf(0).equals(client.call("EXISTS", interest)));
			}
		}
	}

	private CompletableFuture<Acceptance> publish(TestNode node, int number, boolean saved) {
		return node.broker()
			.publish(new Publication(this.group, UUID.randomUUID(), Instant.now(),
					new Payload.Text(Integer.toString(number)), null, saved))
			.toCompletableFuture();
	}

}
