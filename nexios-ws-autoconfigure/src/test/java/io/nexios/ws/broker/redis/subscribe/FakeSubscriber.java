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

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.MessageListener;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;

/**
 * A connection for messages. Redis reads a request, and what Redis has sent arrives, when
 * a test says so.
 *
 * @author Nexios Team
 */
final class FakeSubscriber extends FakeConnection implements SubscriberConnection {

	private final Deque<Runnable> requests = new ArrayDeque<>();

	private final Deque<Runnable> arriving = new ArrayDeque<>();

	private final Set<CompletableFuture<Void>> waiting = new LinkedHashSet<>();

	private final Set<String> channels = new TreeSet<>();

	private final MessageListener listener;

	private boolean deaf;

	private int sizeOfLargest;

	FakeSubscriber(FakeRedis redis, MessageListener listener) {
		super(redis);
		this.listener = listener;
		redis.add(this);
	}

	/**
	 * Return the channels to which Redis believes this to be subscribed.
	 * @return the channels
	 */
	Set<String> channels() {
		return this.channels;
	}

	int sizeOfLargest() {
		return this.sizeOfLargest;
	}

	void becomeDeaf() {
		this.deaf = true;
	}

	@Override
	public CompletionStage<Void> subscribe(Collection<String> channels) {
		this.sizeOfLargest = Math.max(this.sizeOfLargest, channels.size());
		List<String> all = List.copyOf(channels);
		return request(() -> this.channels.addAll(all));
	}

	@Override
	public CompletionStage<Void> unsubscribe(Collection<String> channels) {
		List<String> all = List.copyOf(channels);
		return request(() -> all.forEach(this.channels::remove));
	}

	private CompletionStage<Void> request(Runnable effect) {
		synchronized (lock()) {
			return add(effect);
		}
	}

	private CompletionStage<Void> add(Runnable effect) {
		CompletableFuture<Void> confirmed = new CompletableFuture<>();
		if (isEnded()) {
			confirmed.completeExceptionally(FakeRedis.lost());
			return confirmed;
		}
		this.waiting.add(confirmed);
		this.requests.add(() -> {
			effect.run();
			this.arriving.add(() -> {
				this.waiting.remove(confirmed);
				confirmed.complete(null);
			});
		});
		return confirmed;
	}

	void publish(String channel, byte[] message) {
		if (!isEnded() && !this.deaf && this.channels.contains(channel)) {
			this.arriving.add(() -> this.listener.onMessage(channel, message));
		}
	}

	/**
	 * Let a message arrive that was on its way when the connection ended.
	 * @param channel the channel
	 * @param message the message
	 */
	void arriveLate(String channel, byte[] message) {
		this.listener.onMessage(channel, message);
	}

	@Override
	boolean execute() {
		Runnable request = this.requests.poll();
		if (request != null) {
			request.run();
		}
		return request != null;
	}

	@Override
	boolean answer() {
		Runnable next = this.arriving.poll();
		if (next != null) {
			next.run();
		}
		return next != null;
	}

	@Override
	public void giveUp(String reason) {
		synchronized (lock()) {
			super.giveUp(reason);
			end();
		}
	}

	private void end() {
		this.requests.clear();
		this.arriving.clear();
		this.channels.clear();
		Set<CompletableFuture<Void>> failed = Set.copyOf(this.waiting);
		this.waiting.clear();
		failed.forEach((confirmed) -> confirmed.completeExceptionally(FakeRedis.lost()));
	}

}
