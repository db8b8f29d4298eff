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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.GroupBroker.Subscriber;
import io.nexios.ws.broker.redis.connection.LinkListener;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.spi.ManualTimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subscriptions that several threads use. The thread of the test is the network: it lets
 * Redis execute and answer, ends connections, and moves the time.
 *
 * @author Nexios Team
 */
final class SubscriptionsStress implements AutoCloseable {

	private static final int CALLERS = 3;

	private static final int CALLS = 300;

	private final ManualTimeSource time = new ManualTimeSource();

	private final FakeRedis redis = new FakeRedis();

	private final AtomicInteger runs = new AtomicInteger();

	private final ExecutorService laneThreads = Executors.newFixedThreadPool(2);

	private final ExecutorService callerThreads = Executors.newFixedThreadPool(CALLERS);

	private final List<Caller> callers = new ArrayList<>();

	private final Random random;

	private final String seed;

	private final Subscriptions subscriptions;

	private final LinkListener<SubscriberConnection> subscribeLink;

	private final LinkListener<RedisConnection> commandsLink;

	private FakeSubscriber connection;

	SubscriptionsStress(long seed) {
		this.seed = "seed " + seed;
		this.random = new Random(seed);
		this.subscriptions = new Subscriptions(
				new SubscriptionSettings(FakeRedis.NODE, 2, SubscriptionsFixture.DELAY, SubscriptionsFixture.PROBE,
						SubscriptionsFixture.TIMEOUT, Duration.ofDays(30)),
				FakeRedis.NAMES, this.redis::callLocked, this.redis::callLocked, (group) -> 0, List.of(), this.time,
				this::execute, RedisObserver.NONE);
		this.subscribeLink = this.subscriptions.subscribeLink();
		this.commandsLink = this.subscriptions.commandsLink();
		this.subscriptions.start(new Nobody());
		for (int i = 0; i < CALLERS; i++) {
			this.callers.add(new Caller(i, new Random(seed + i)));
		}
		connectSubscriber();
		connectCommands();
	}

	private void execute(Runnable run) {
		this.runs.incrementAndGet();
		this.laneThreads.execute(() -> {
			run.run();
			this.runs.decrementAndGet();
		});
	}

	private void connectSubscriber() {
		this.connection = new FakeSubscriber(this.redis, this.subscriptions.listener());
		this.connection.ended().thenAccept(this.subscribeLink::onDown);
		this.subscribeLink.onUp(this.connection);
	}

	private void connectCommands() {
		synchronized (this.redis) {
			this.commandsLink.onUp(this.redis.openCommands());
		}
	}

	void run() {
		CompletableFuture<?> calls = CompletableFuture.allOf(this.callers.stream()
			.map((caller) -> CompletableFuture.runAsync(caller, this.callerThreads))
			.toArray(CompletableFuture[]::new));
		while (!calls.isDone()) {
			step();
		}
		calls.join();
		comeToRest();
		check();
	}

	private void step() {
		int next = this.random.nextInt(200);
		if (next < 160) {
			if (!work()) {
				Thread.onSpinWait();
			}
		}
		else if (next < 190) {
			connectAgain();
		}
		else if (next < 192) {
			this.connection.giveUp("lost");
		}
		else if (next < 194) {
			loseCommands();
		}
		else if (next < 195) {
			this.subscriptions.announce();
		}
		else {
			this.time.advance(Duration.ofMillis(this.random.nextInt(3_000)));
		}
	}

	// Not always in the same order, and not always completely
	private boolean work() {
		synchronized (this.redis) {
			FakeConnection commands = this.redis.commands();
			return switch (this.random.nextInt(4)) {
				case 0 -> this.connection.execute();
				case 1 -> this.connection.answer();
				case 2 -> commands != null && commands.execute();
				default -> commands != null && commands.answer();
			};
		}
	}

	private void loseCommands() {
		synchronized (this.redis) {
			if (this.redis.commands() != null) {
				this.redis.closeCommands();
				this.commandsLink.onDown("lost");
			}
		}
	}

	private void connectAgain() {
		if (this.connection.isEnded()) {
			connectSubscriber();
		}
		if (this.redis.commands() == null) {
			connectCommands();
		}
	}

	private void comeToRest() {
		connectAgain();
		for (int i = 0; i < 40; i++) {
			settle();
			this.time.advance(Duration.ofMillis(500));
		}
		settle();
	}

	private void settle() {
		boolean idle = false;
		while (!idle) {
			// First, because a run that has ended has sent what it sends
			boolean lanesIdle = this.runs.get() == 0;
			boolean busy;
			synchronized (this.redis) {
				busy = this.connection.execute() | this.connection.answer();
				busy |= this.redis.commands().execute() | this.redis.commands().answer();
			}
			idle = lanesIdle && !busy;
		}
	}

	private void check() {
		Set<String> wanted = new TreeSet<>();
		this.callers.forEach((caller) -> wanted.addAll(caller.wanted()));
		Set<String> channels = new TreeSet<>(Set.of(FakeRedis.NAMES.probe(FakeRedis.NODE)));
		wanted.forEach((group) -> channels.add(FakeRedis.NAMES.group(group).channel()));
		assertThat(this.callers).as(this.seed).allMatch(Caller::isDone);
		assertThat(this.redis.interest()).as(this.seed).isEqualTo(wanted);
		assertThat(this.connection.channels()).as(this.seed).isEqualTo(channels);
		assertThat(this.subscriptions.groups()).as(this.seed).isEqualTo(wanted.size());
	}

	@Override
	public void close() {
		this.subscriptions.close();
		this.callerThreads.shutdownNow();
		this.laneThreads.shutdown();
	}

	/**
	 * A thread that calls for its own groups, and for one that all threads use.
	 */
	private final class Caller implements Runnable {

		private final List<CompletableFuture<?>> stages = new ArrayList<>();

		private final Map<String, CompletableFuture<?>> last = new HashMap<>();

		private final String[] groups;

		private final Random random;

		Caller(int number, Random random) {
			this.groups = new String[] { number + "a", number + "b", "shared" };
			this.random = random;
		}

		@Override
		public void run() {
			for (int i = 0; i < CALLS; i++) {
				call(this.groups[this.random.nextInt(this.groups.length)], this.random.nextBoolean());
			}
			// All threads want the same of it in the end
			call("shared", false);
		}

		private void call(String group, boolean subscribe) {
			Subscriptions subscriptions = SubscriptionsStress.this.subscriptions;
			CompletableFuture<?> call = (subscribe ? subscriptions.subscribe(group) : subscriptions.unsubscribe(group))
				.toCompletableFuture();
			this.stages.add(call);
			this.last.put(group, subscribe ? call : CompletableFuture.failedFuture(new IllegalStateException()));
			if (this.random.nextBoolean()) {
				call.handle((result, failure) -> true).orTimeout(60, TimeUnit.SECONDS).join();
			}
		}

		boolean isDone() {
			return this.stages.stream().allMatch(CompletableFuture::isDone);
		}

		Set<String> wanted() {
			Set<String> wanted = new TreeSet<>(this.last.keySet());
			wanted.removeIf((group) -> this.last.get(group).isCompletedExceptionally());
			return wanted;
		}

	}

	private static final class Nobody implements Subscriber {

		@Override
		public void onMessage(BrokerMessage message) {
		}

		@Override
		public void onLoss(Loss loss) {
		}

	}

}
