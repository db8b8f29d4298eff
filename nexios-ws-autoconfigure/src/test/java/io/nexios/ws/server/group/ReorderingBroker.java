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

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.Publication;
import org.jspecify.annotations.Nullable;

/**
 * A broker whose calls take effect at once. Each answer comes at once on the thread of
 * the caller, or on the thread that delivers, after everything that was accepted before,
 * or on a third thread, where the latest answer is given first. Deliveries keep their
 * order.
 *
 * @author Nexios Team
 */
final class ReorderingBroker extends DelegatingBroker {

	private final BlockingDeque<Runnable> late = new LinkedBlockingDeque<>();

	private final ScheduledExecutorService answers = Executors.newSingleThreadScheduledExecutor(this::thread);

	private final ExecutorService deliveries = Executors.newSingleThreadExecutor(this::thread);

	ReorderingBroker(GroupBroker delegate) {
		super(delegate);
		this.answers.scheduleWithFixedDelay(this::answerLatestFirst, 1, 1, TimeUnit.MILLISECONDS);
	}

	private Thread thread(Runnable task) {
		Thread thread = new Thread(task, "reordering-broker");
		thread.setDaemon(true);
		return thread;
	}

	private void answerLatestFirst() {
		Runnable answer = this.late.pollLast();
		while (answer != null) {
			answer.run();
			answer = this.late.pollLast();
		}
	}

	@Override
	public void start(Subscriber subscriber) {
		super.start((message) -> this.deliveries.execute(() -> {
			LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(100_000));
			subscriber.onMessage(message);
		}));
	}

	@Override
	public CompletionStage<Position> subscribe(String group) {
		// Has to be answered before the first message is delivered
		return answer(2, () -> super.subscribe(group));
	}

	@Override
	public CompletionStage<Void> unsubscribe(String group) {
		return answer(3, () -> super.unsubscribe(group));
	}

	@Override
	public CompletionStage<Acceptance> publish(Publication publication) {
		return answer(3, () -> super.publish(publication));
	}

	@Override
	public CompletionStage<History> history(String group, @Nullable Position after) {
		return answer(3, () -> super.history(group, after));
	}

	@Override
	public CompletionStage<Position> position(String group) {
		return answer(3, () -> super.position(group));
	}

	@Override
	public CompletionStage<Map<String, List<BrokerMessage>>> histories(int maxGroups) {
		return answer(3, () -> super.histories(maxGroups));
	}

	private <T> CompletionStage<T> answer(int ways, Supplier<CompletionStage<T>> call) {
		CompletionStage<T> answer = call.get();
		CompletableFuture<T> result = new CompletableFuture<>();
		Runnable giving = () -> answer.thenAccept(result::complete);
		switch (ThreadLocalRandom.current().nextInt(ways)) {
			case 0 -> giving.run();
			case 1 -> this.deliveries.execute(giving);
			default -> this.late.addLast(giving);
		}
		return result;
	}

	@Override
	public void close() {
		this.answers.shutdownNow();
		this.deliveries.shutdownNow();
		super.close();
	}

}
