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

package io.nexios.ws.broker.redis.subscribe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.broker.GroupBroker.Subscriber;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.connection.LinkListener;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.spi.ManualTimeSource;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Subscriptions at a fake Redis, on one thread. Tasks of lanes run at once, or when the
 * test says so.
 *
 * @author Nexios Team
 */
class SubscriptionsFixture {

	static final Duration DELAY = Duration.ofSeconds(5);

	static final Duration PROBE = Duration.ofSeconds(5);

	static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final int MAX_STEPS = 1_000_000;

	final ManualTimeSource time = new ManualTimeSource();

	final FakeRedis redis = new FakeRedis();

	final List<Object> delivered = new ArrayList<>();

	final Recorder recorder = new Recorder();

	final Subscriptions subscriptions;

	RedisCalls publish = this.redis;

	Subscriber subscriber = new Subscriber() {

		@Override
		public void onMessage(BrokerMessage message) {
			SubscriptionsFixture.this.delivered.add(message);
		}

		@Override
		public void onLoss(Loss loss) {
			SubscriptionsFixture.this.delivered.add(loss);
		}

	};

	private final Queue<Runnable> runs = new ArrayDeque<>();

	private final LinkListener<SubscriberConnection> subscribeLink;

	private final LinkListener<RedisConnection> commandsLink;

	private @Nullable FakeSubscriber connection;

	SubscriptionsFixture() {
		this(DELAY, 2, false);
	}

	SubscriptionsFixture(Duration delay, int lanes, boolean stepwise) {
		this.subscriptions = new Subscriptions(
				new SubscriptionSettings(FakeRedis.NODE, lanes, delay, PROBE, TIMEOUT, Duration.ofDays(30)),
				FakeRedis.NAMES, this.redis, (request) -> this.publish.call(request), (group) -> 0, List.of(),
				this.time, stepwise ? this.runs::add : Runnable::run, this.recorder);
		this.subscribeLink = this.subscriptions.subscribeLink();
		this.commandsLink = this.subscriptions.commandsLink();
		this.subscriptions.start(new Subscriber() {

			@Override
			public void onMessage(BrokerMessage message) {
				SubscriptionsFixture.this.subscriber.onMessage(message);
			}

			@Override
			public void onLoss(Loss loss) {
				SubscriptionsFixture.this.subscriber.onLoss(loss);
			}

		});
	}

	void connect() {
		connectCommands();
		connectSubscriber();
	}

	void connectCommands() {
		this.commandsLink.onUp(this.redis.openCommands());
	}

	FakeSubscriber connectSubscriber() {
		FakeSubscriber connection = new FakeSubscriber(this.redis, this.subscriptions.listener());
		this.connection = connection;
		connection.ended().thenAccept(this.subscribeLink::onDown);
		this.subscribeLink.onUp(connection);
		return connection;
	}

	void loseCommands() {
		if (this.redis.commands() != null) {
			this.redis.closeCommands();
			this.commandsLink.onDown("lost");
		}
	}

	void loseSubscriber() {
		connection().giveUp("lost");
	}

	FakeSubscriber connection() {
		Assert.state(this.connection != null, "Not connected");
		return this.connection;
	}

	boolean isConnected() {
		return this.connection != null && !this.connection.isEnded();
	}

	boolean runLane() {
		Runnable run = this.runs.poll();
		if (run != null) {
			run.run();
		}
		return run != null;
	}

	/**
	 * Let everything happen that is on its way.
	 */
	void settle() {
		for (int i = 0; i < MAX_STEPS; i++) {
			FakeConnection commands = this.redis.commands();
			boolean busy = commands != null && (commands.execute() | commands.answer());
			busy |= this.connection != null && (this.connection.execute() | this.connection.answer());
			busy |= runLane();
			if (!busy) {
				return;
			}
		}
		throw new AssertionError("It does not come to an end");
	}

	Position subscribe(String group) {
		CompletableFuture<Position> stage = future(this.subscriptions.subscribe(group));
		settle();
		return stage.getNow(null);
	}

	void unsubscribe(String group) {
		this.subscriptions.unsubscribe(group);
		settle();
	}

	static <T> CompletableFuture<T> future(CompletionStage<T> stage) {
		return stage.toCompletableFuture();
	}

	List<String> texts() {
		return this.delivered.stream()
			.filter(BrokerMessage.class::isInstance)
			.map((message) -> text((BrokerMessage) message))
			.toList();
	}

	static String text(BrokerMessage message) {
		return ((Payload.Text) message.publication().payload()).text();
	}

	List<Reason> losses() {
		return this.delivered.stream().filter(Loss.class::isInstance).map((loss) -> ((Loss) loss).reason()).toList();
	}

	static final class Recorder implements RedisObserver {

		int ignored;

		int probeFailures;

		int repairs;

		int repaired;

		final List<Reason> lost = new ArrayList<>();

		@Override
		public void probeFailed() {
			this.probeFailures++;
		}

		@Override
		public void repairing() {
			this.repairs++;
		}

		@Override
		public void repaired(int messages) {
			this.repaired += messages;
		}

		@Override
		public void lost(Reason reason) {
			this.lost.add(reason);
		}

		@Override
		public void ignored() {
			this.ignored++;
		}

	}

}
