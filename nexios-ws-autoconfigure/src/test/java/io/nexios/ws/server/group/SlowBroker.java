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

package io.nexios.ws.server.group;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.Publication;
import org.jspecify.annotations.Nullable;

/**
 * A broker as it is between nodes: each call takes effect at once, its answer takes a
 * while, and deliveries come on another connection, so that they may be behind the
 * answers. Answers and deliveries each keep their order.
 *
 * @author Nexios Team
 */
public final class SlowBroker extends DelegatingBroker {

	private final AtomicInteger histories = new AtomicInteger();

	private final ScheduledExecutorService answers = Executors.newSingleThreadScheduledExecutor(SlowBroker::thread);

	private final ScheduledExecutorService deliveries = Executors.newSingleThreadScheduledExecutor(SlowBroker::thread);

	private final Duration answer;

	private final Duration delivery;

	/**
	 * Create a slow broker.
	 * @param delegate does the work
	 * @param answer how long an answer takes
	 * @param delivery how long a delivery takes
	 */
	public SlowBroker(GroupBroker delegate, Duration answer, Duration delivery) {
		super(delegate);
		this.answer = answer;
		this.delivery = delivery;
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "slow-broker");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Return how many histories were read.
	 * @return the number
	 */
	public int histories() {
		return this.histories.get();
	}

	@Override
	public void start(Subscriber subscriber) {
		super.start((message) -> later(this.deliveries, this.delivery, () -> subscriber.onMessage(message)));
	}

	private static void later(ScheduledExecutorService executor, Duration delay, Runnable task) {
		executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	private <T> CompletionStage<T> later(Supplier<CompletionStage<T>> call) {
		CompletableFuture<T> result = new CompletableFuture<>();
		T value = call.get().toCompletableFuture().join();
		later(this.answers, this.answer, () -> result.complete(value));
		return result;
	}

	@Override
	public CompletionStage<Position> subscribe(String group) {
		return later(() -> super.subscribe(group));
	}

	@Override
	public CompletionStage<Void> unsubscribe(String group) {
		return later(() -> super.unsubscribe(group));
	}

	@Override
	public CompletionStage<Acceptance> publish(Publication publication) {
		return later(() -> super.publish(publication));
	}

	@Override
	public CompletionStage<History> history(String group, @Nullable Position after) {
		this.histories.incrementAndGet();
		return later(() -> super.history(group, after));
	}

	@Override
	public CompletionStage<Position> position(String group) {
		return later(() -> super.position(group));
	}

	@Override
	public CompletionStage<Map<String, List<BrokerMessage>>> histories(int maxGroups) {
		return later(() -> super.histories(maxGroups));
	}

	@Override
	public CompletionStage<Void> clearHistories() {
		return later(super::clearHistories);
	}

	@Override
	public void close() {
		this.answers.shutdownNow();
		this.deliveries.shutdownNow();
		super.close();
	}

}
