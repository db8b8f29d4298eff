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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.server.handler.LocalServer;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A broker whose calls take effect at once. A test decides when they are answered, and
 * when messages are delivered.
 *
 * @author Nexios Team
 */
final class ControlledBroker extends DelegatingBroker {

	private final Map<Call, Predicate<String>> held = new ConcurrentHashMap<>();

	private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

	private final Deque<Runnable> answers = new ArrayDeque<>();

	private final Deque<BrokerMessage> deliveries = new ArrayDeque<>();

	private volatile @Nullable Subscriber subscriber;

	private boolean holdingDeliveries;

	private Duration timeout = Duration.ofSeconds(2);

	ControlledBroker() {
		this(LocalServer.broker(100));
	}

	ControlledBroker(GroupBroker delegate) {
		super(delegate);
	}

	ControlledBroker timeout(Duration timeout) {
		this.timeout = timeout;
		return this;
	}

	@Override
	public Duration timeout() {
		return this.timeout;
	}

	// Answers

	/**
	 * Hold back the answers to some calls from now on.
	 * @param call the call
	 * @param groups the groups to which it applies
	 */
	void hold(Call call, Predicate<String> groups) {
		this.held.put(call, groups);
	}

	void hold(Call... calls) {
		for (Call call : calls) {
			hold(call, (group) -> true);
		}
	}

	/**
	 * Never answer again.
	 */
	void silence() {
		hold(Call.values());
	}

	/**
	 * Answer new calls at once again.
	 */
	void answer() {
		this.held.clear();
	}

	/**
	 * Give the answers that were held back, on this thread and in the order of the calls.
	 */
	void release() {
		Runnable answer = nextAnswer();
		while (answer != null) {
			answer.run();
			answer = nextAnswer();
		}
	}

	private @Nullable Runnable nextAnswer() {
		synchronized (this.answers) {
			return this.answers.poll();
		}
	}

	int heldAnswers() {
		synchronized (this.answers) {
			return this.answers.size();
		}
	}

	/**
	 * Return the calls, as in "SUBSCRIBE g".
	 * @return all calls in their order
	 */
	List<String> calls() {
		synchronized (this.calls) {
			return List.copyOf(this.calls);
		}
	}

	long count(Call call) {
		return calls().stream().filter((made) -> made.startsWith(call + " ")).count();
	}

	private <T> CompletionStage<T> call(Call call, String group, Supplier<CompletionStage<T>> delegate) {
		this.calls.add(call + " " + group);
		CompletionStage<T> answer = delegate.get();
		if (!this.held.getOrDefault(call, (name) -> false).test(group)) {
			return answer;
		}
		CompletableFuture<T> result = new CompletableFuture<>();
		synchronized (this.answers) {
			this.answers.add(() -> answer.thenAccept(result::complete));
		}
		return result;
	}

	@Override
	public CompletionStage<Position> subscribe(String group) {
		return call(Call.SUBSCRIBE, group, () -> super.subscribe(group));
	}

	@Override
	public CompletionStage<Void> unsubscribe(String group) {
		return call(Call.UNSUBSCRIBE, group, () -> super.unsubscribe(group));
	}

	@Override
	public CompletionStage<Acceptance> publish(Publication publication) {
		return call(Call.PUBLISH, publication.group(), () -> super.publish(publication));
	}

	@Override
	public CompletionStage<History> history(String group, @Nullable Position after) {
		return call(Call.HISTORY, group, () -> super.history(group, after));
	}

	@Override
	public CompletionStage<Position> position(String group) {
		return call(Call.POSITION, group, () -> super.position(group));
	}

	@Override
	public CompletionStage<Map<String, List<BrokerMessage>>> histories(int maxGroups) {
		return call(Call.ALL, "", () -> super.histories(maxGroups));
	}

	@Override
	public CompletionStage<Void> clearHistories() {
		return call(Call.ALL, "", super::clearHistories);
	}

	// Deliveries

	@Override
	public void start(Subscriber subscriber) {
		this.subscriber = subscriber;
		super.start(this::deliver);
	}

	private void deliver(BrokerMessage message) {
		synchronized (this.deliveries) {
			if (this.holdingDeliveries) {
				this.deliveries.add(message);
				return;
			}
		}
		subscriber().onMessage(message);
	}

	Subscriber subscriber() {
		Subscriber subscriber = this.subscriber;
		Assert.state(subscriber != null, "Not started");
		return subscriber;
	}

	/**
	 * Hold back all deliveries from now on.
	 */
	void holdDeliveries() {
		synchronized (this.deliveries) {
			this.holdingDeliveries = true;
		}
	}

	/**
	 * Deliver messages that were held back, on this thread.
	 * @param count how many
	 */
	void deliver(int count) {
		for (int i = 0; i < count; i++) {
			BrokerMessage message;
			synchronized (this.deliveries) {
				message = this.deliveries.remove();
			}
			subscriber().onMessage(message);
		}
	}

	/**
	 * Do not deliver messages that were held back. The node is told that it has lost
	 * them.
	 * @param loss the loss
	 */
	void lose(Loss loss) {
		synchronized (this.deliveries) {
			this.deliveries.clear();
		}
		subscriber().onLoss(loss);
	}

	/**
	 * A call whose answer can be held back.
	 */
	enum Call {

		SUBSCRIBE, UNSUBSCRIBE, PUBLISH, HISTORY, POSITION,

		/** What concerns all groups. */
		ALL

	}

}
