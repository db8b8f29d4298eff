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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.lettuce.core.ClientOptions;
import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.broker.redis.RedisGroupBroker;
import io.nexios.ws.broker.redis.RedisSettings;
import io.nexios.ws.broker.redis.connection.RedisConnector;
import io.nexios.ws.broker.redis.lettuce.TestClient;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.cluster.WriterLog.Outcome;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.thread.ServerTime;
import io.nexios.ws.testsupport.redis.FaultProxy;
import io.nexios.ws.testsupport.redis.FaultProxy.Direction;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what depends on the options of Lettuce: with its default options it sends
 * requests again, unless the connection is closed as soon as it ends. 500 messages are on
 * their way when the connection is reset.
 *
 * @author Nexios Team
 */
@RequiresRedis
class LettuceDefaultsTests {

	private static final int MESSAGES = 500;

	private static final String ROOM = "room";

	private static final RedisSettings SETTINGS = new RedisSettings("nx", Duration.ofSeconds(2), 1 << 24,
			Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30));

	private static final HistoryLimits LIMITS = new HistoryLimits(1000, 1 << 20, Duration.ofDays(1), 1 << 26);

	private final PageLog page = new PageLog("page");

	private final WriterLog writer = new WriterLog("w");

	private final AtomicInteger received = new AtomicInteger();

	private final CountDownLatch last = new CountDownLatch(1);

	private final ServerThreads threads = new ServerThreads(10);

	private final ServerTime time = new ServerTime(this.threads);

	private RedisServer redis;

	private FaultProxy proxy;

	private TestClient client;

	private TestClient other;

	@BeforeEach
	void connect() {
		this.redis = RedisServer.start();
		this.proxy = FaultProxy.to(this.redis.port());
		this.client = TestClient.of(this.proxy.port(), this.time);
		this.client.lettuce().setOptions(ClientOptions.create());
		this.other = TestClient.of(this.redis.port(), this.time);
	}

	@AfterEach
	void close() {
		this.client.close();
		this.other.close();
		this.proxy.close();
		this.redis.close();
		this.threads.close();
	}

	@Test
	void checkFindsMessagesThatLettuceHasSentAgain() {
		publish(new LastingConnector(this.client), false,
				(publisher) -> Awaitility.await().until(() -> this.received.get() > MESSAGES));
		assertThat(violations()).anyMatch((violation) -> violation.contains("too late or twice"));
	}

	@Test
	void checkFindsNothingIfTheConnectionEnds() {
		publish(this.client.connector(), false, this::awaitLastMessage);
		assertThat(violations()).isEmpty();
		assertThat(this.received).hasValue(MESSAGES);
	}

	@Test
	void savedMessagesAreNotSavedTwiceEvenIfLettuceSendsThemAgain() {
		publish(new LastingConnector(this.client), true, this::awaitLastMessage);
		assertThat(violations()).isEmpty();
		assertThat(this.received).hasValue(MESSAGES);
	}

	private List<String> violations() {
		return RoomCheck.violations(List.of(this.page), List.of(this.writer));
	}

	private void publish(RedisConnector connector, boolean saved, Consumer<RedisGroupBroker> end) {
		try (RedisGroupBroker publisher = start(connector); RedisGroupBroker reader = start(this.other.connector())) {
			TestClient.await(reader.subscribe(ROOM));
			this.page.add(new PageLog.Joined(false, at(0)));
			this.proxy.hold(Direction.TO_CLIENT);
			List<CompletableFuture<?>> outcomes = new ArrayList<>();
			for (int i = 0; i < MESSAGES; i++) {
				outcomes.add(publish(publisher, i, saved));
			}
			Awaitility.await().until(() -> this.received.get() >= MESSAGES);
			this.proxy.cut();
			this.proxy.heal();
			Awaitility.await()
				.atMost(30, TimeUnit.SECONDS)
				.until(() -> outcomes.stream().allMatch(CompletableFuture::isDone));
			end.accept(publisher);
		}
	}

	/** Whatever was sent before has come when this message has come. */
	private void awaitLastMessage(RedisGroupBroker publisher) {
		Awaitility.await().until(() -> publisher.state().equals(BrokerState.UP));
		TestClient.await(publish(publisher, MESSAGES, false));
		Awaitility.await().until(() -> this.last.getCount() == 0);
	}

	private CompletableFuture<?> publish(RedisGroupBroker publisher, int number, boolean saved) {
		return publisher
			.publish(
					new Publication(ROOM, UUID.randomUUID(), Instant.now(), new Payload.Text("" + number), null, saved))
			.whenComplete((acceptance, failure) -> this.writer.put(number,
					(failure != null) ? Outcome.UNKNOWN : Outcome.ACCEPTED))
			.toCompletableFuture();
	}

	private RedisGroupBroker start(RedisConnector connector) {
		RedisGroupBroker broker = new RedisGroupBroker(connector, SETTINGS, LIMITS, this.time,
				this.threads::executeSurely, RedisObserver.NONE);
		broker.start(this::receive);
		Awaitility.await().until(() -> broker.state().equals(BrokerState.UP));
		return broker;
	}

	/** Unsaved messages have no position. The check gets their places. */
	private void receive(BrokerMessage message) {
		int number = Integer.parseInt(((Payload.Text) message.publication().payload()).text());
		if (number < MESSAGES) {
			this.page.add(new PageLog.Message(at(this.received.get() + 1), "w", number));
			this.received.incrementAndGet();
		}
		else {
			this.last.countDown();
		}
	}

	private static Position at(int offset) {
		return new Position(1, offset, offset);
	}

}
