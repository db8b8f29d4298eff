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

package io.nexios.ws.broker.redis.lettuce;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.testsupport.redis.FaultProxy;
import io.nexios.ws.testsupport.redis.FaultProxy.Direction;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LettuceSubscriber}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class LettuceSubscriberTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

	private final Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());

	private RedisServer server;

	private FaultProxy proxy;

	private TestClient client;

	private SubscriberConnection subscriber;

	@BeforeEach
	void connect() {
		this.server = RedisServer.start();
		this.proxy = FaultProxy.to(this.server.port());
		this.client = TestClient.of(this.proxy.port(), this.time);
		this.subscriber = this.client.connect(this::receive);
	}

	private void receive(String channel, byte[] message) {
		this.threads.add(Thread.currentThread());
		this.messages.add(channel + ":" + new String(message, StandardCharsets.UTF_8));
	}

	@AfterEach
	void close() {
		this.subscriber.giveUp("end of the test");
		this.client.close();
		this.proxy.close();
		this.server.close();
	}

	// What Lettuce does by itself, and why it is not used
	@Test
	void requestOfLettuceCompletesBeforeItsChannelsAreConfirmed() {
		List<Boolean> second = Collections.synchronizedList(new ArrayList<>());
		try (StatefulRedisPubSubConnection<String, byte[]> connection = this.client.lettuce()
			.connectPubSub(AnswerOutput.CODEC)) {
			CompletableFuture<RedisFuture<Void>> request = new CompletableFuture<>();
			connection.addListener(new RedisPubSubAdapter<>() {

				@Override
				public void subscribed(String channel, long count) {
					second.add(request.join().isDone());
				}

			});
			this.proxy.hold(Direction.TO_CLIENT);
			connection.async().subscribe("a", "b", "c");
			request.complete(connection.async().subscribe("d", "e", "f"));
			Awaitility.await().until(() -> subscribed() == 6);
			this.proxy.release(Direction.TO_CLIENT);
			Awaitility.await().until(() -> second.size() == 6);
		}
		// Done with the confirmation of b, which is of the first request
		assertThat(second).containsExactly(false, true, true, true, true, true);
	}

	@Test
	void subscriptionCompletesWhenAllChannelsAreConfirmed() {
		this.proxy.hold(Direction.TO_CLIENT);
		CompletableFuture<Void> first = this.subscriber.subscribe(channels("a", 600)).toCompletableFuture();
		CompletableFuture<Void> second = this.subscriber.subscribe(channels("b", 600)).toCompletableFuture();
		Awaitility.await().until(() -> subscribed() == 600);
		assertThat(first).isNotDone();
		this.proxy.release(Direction.TO_CLIENT);
		TestClient.await(first);
		TestClient.await(second);
		assertThat(subscribed()).isEqualTo(1200);
	}

	@Test
	void confirmationOfPartOfTheChannelsIsNotEnough() {
		this.proxy.throttle(Direction.TO_CLIENT, 200);
		CompletableFuture<Void> first = this.subscriber.subscribe(channels("a", 20)).toCompletableFuture();
		CompletableFuture<Void> second = this.subscriber.subscribe(List.of("b")).toCompletableFuture();
		first.join();
		assertThat(second).isNotDone();
		this.proxy.heal();
		TestClient.await(second);
	}

	@Test
	void channelsThatAreSubscribedAreConfirmedAgain() {
		TestClient.await(this.subscriber.subscribe(List.of("a", "b")));
		TestClient.await(this.subscriber.subscribe(List.of("b", "b", "c")));
		TestClient.await(this.subscriber.unsubscribe(List.of("c", "unknown")));
		assertThat(subscribed()).isEqualTo(2);
	}

	@Test
	void noChannelsAreNothingToDo() {
		TestClient.await(this.subscriber.subscribe(List.of("a")));
		TestClient.await(this.subscriber.subscribe(List.of()));
		TestClient.await(this.subscriber.unsubscribe(List.of()));
		assertThat(subscribed()).isEqualTo(1);
	}

	@Test
	void manyChangesAtOnceAreMadeInTheirOrder() {
		List<CompletionStage<Void>> answers = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			answers.add(this.subscriber.subscribe(channels("a" + i, 1 + i % 7)));
			if (i % 3 == 0) {
				answers.add(this.subscriber.unsubscribe(channels("a" + i, 1 + i % 7)));
			}
			if (i % 5 == 0) {
				TestClient.send(this.subscriber, "PING");
			}
		}
		answers.forEach(TestClient::await);
		long expected = IntStream.range(0, 500).filter((i) -> i % 3 != 0).map((i) -> 1 + i % 7).sum();
		assertThat(subscribed()).isEqualTo(expected);
	}

	@Test
	void messagesComeInOrderOnOneThread() {
		TestClient.await(this.subscriber.subscribe(List.of("a", "ü{x} *")));
		try (RespClient publisher = this.server.connect()) {
			for (int i = 0; i < 1000; i++) {
				publisher.send("PUBLISH", (i % 2 == 0) ? "a" : RespClient.utf8("ü{x} *"), String.valueOf(i));
			}
			publisher.flush();
			Awaitility.await().until(() -> this.messages.size() == 1000);
		}
		assertThat(this.messages)
			.isEqualTo(IntStream.range(0, 1000).mapToObj((i) -> ((i % 2 == 0) ? "a:" : "ü{x} *:") + i).toList());
		assertThat(this.threads).hasSize(1);
	}

	@Test
	void messageIsDeliveredBeforeTheAnswerToALaterRequestAndNotAfterUnsubscribing() {
		TestClient.await(this.subscriber.subscribe(List.of("a")));
		TestClient.await(TestClient.send(this.subscriber, "PUBLISH", "a", "1"));
		assertThat(this.messages).containsExactly("a:1");
		TestClient.await(this.subscriber.unsubscribe(List.of("a")));
		assertThat(TestClient.await(TestClient.send(this.subscriber, "PUBLISH", "a", "2"))).isEqualTo(0L);
		assertThat(this.messages).containsExactly("a:1");
	}

	@Test
	void messageAfterTheEndIsIgnored() {
		TestClient.await(this.subscriber.subscribe(List.of("a")));
		this.proxy.hold(Direction.TO_CLIENT);
		this.server.call("PUBLISH", "a", "1");
		CompletableFuture<Void> answer = this.subscriber.subscribe(List.of("b")).toCompletableFuture();
		this.subscriber.giveUp("test");
		assertThat(TestClient.await(this.subscriber.ended())).isEqualTo("test");
		assertThat(answer).isCompletedExceptionally();
		this.proxy.release(Direction.TO_CLIENT);
		Awaitility.await().until(() -> this.server.clients("nexios-ws").isEmpty());
		assertThat(this.messages).isEmpty();
		assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> TestClient.await(this.subscriber.subscribe(List.of("c"))))
			.withMessage("test");
	}

	@Test
	void listenerThatGivesTheConnectionUpGetsNothingMore() {
		List<String> received = Collections.synchronizedList(new ArrayList<>());
		CompletableFuture<SubscriberConnection> own = new CompletableFuture<>();
		own.complete(this.client.connect((channel, message) -> {
			received.add(channel);
			own.join().giveUp("test");
		}));
		TestClient.await(own.join().subscribe(List.of("a")));
		try (RespClient publisher = this.server.connect()) {
			IntStream.range(0, 100).forEach((i) -> publisher.send("PUBLISH", "a", "message"));
			publisher.flush();
		}
		assertThat(TestClient.await(own.join().ended())).isEqualTo("test");
		assertThat(received).containsExactly("a");
	}

	@Test
	void subscriptionWithoutConfirmationEndsTheConnection() {
		this.proxy.hold(Direction.TO_CLIENT);
		CompletableFuture<Void> first = this.subscriber.subscribe(List.of("a")).toCompletableFuture();
		CompletableFuture<Void> second = this.subscriber.subscribe(List.of("b")).toCompletableFuture();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(first).isCompletedExceptionally();
		assertThat(second).isCompletedExceptionally();
		assertThat(TestClient.await(this.subscriber.ended())).isNotEmpty();
	}

	@Test
	void refusedSubscriptionFailsAndTheNextOneIsMade() {
		this.server.call("ACL", "SETUSER", "default", "resetchannels", "&nx:*");
		this.subscriber.giveUp("test");
		this.subscriber = this.client.connect(this::receive);
		this.proxy.hold(Direction.TO_CLIENT);
		CompletionStage<Void> first = this.subscriber.subscribe(List.of("nx:a", "nx:b"));
		CompletionStage<Void> refused = this.subscriber.subscribe(List.of("other"));
		CompletionStage<Void> unsubscription = this.subscriber.unsubscribe(List.of("nx:a"));
		CompletionStage<Void> last = this.subscriber.subscribe(List.of("nx:c"));
		this.proxy.release(Direction.TO_CLIENT);
		TestClient.await(first);
		assertThatExceptionOfType(RedisErrorException.class).isThrownBy(() -> TestClient.await(refused))
			.matches((error) -> error.is("NOPERM"));
		TestClient.await(unsubscription);
		TestClient.await(last);
		assertThat(this.server.call("PUBSUB", "CHANNELS")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactlyInAnyOrder("nx:b", "nx:c");
	}

	@Test
	void connectionEndsWhenTheServerEndsIt() {
		this.server.call("CLIENT", "KILL", "TYPE", "normal");
		assertThat(TestClient.await(this.subscriber.ended())).startsWith("The connection has ended");
	}

	private static List<String> channels(String name, int number) {
		return IntStream.range(0, number).mapToObj((i) -> name + "-" + i).toList();
	}

	private long subscribed() {
		return ((List<?>) Objects.requireNonNull(this.server.call("PUBSUB", "CHANNELS"))).size();
	}

}
