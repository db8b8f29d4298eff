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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.wire.Arrival;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.channel.GroupsUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node is subscribed to a group. Used by one lane. Calls take effect one
 * after the other: <pre>
 *                    channel                 position
 *         subscribe  confirmed      subscribed  unsubscribe      delay is over       done
 * IDLE ──► SUBSCRIBING ──► ASKING ──► ACTIVE ──► KEPT ──► LEAVING ──► IDLE
 *            ▲  ▲ failed: LEAVING                 │        │ no answer
 *            │  └──────────── subscribe ──────────┘        ▼
 *            └────────────────── subscribe ────────────── OWING ──► LEAVING
 * </pre> While a request is on its way (SUBSCRIBING, ASKING, LEAVING), calls wait. So
 * what is taken away in Redis and what is asked for do not overtake each other. A
 * subscription that fails leaves like one that ends.
 * <p>
 * A group that is KEPT receives nothing. If it is subscribed to again, the channel is
 * confirmed again. What came before that was accepted before the new subscription, so it
 * is not delivered. Then Redis is asked for the end of the saved messages.
 * <p>
 * Without the connection for messages, ACTIVE stays, KEPT becomes LEAVING, and what waits
 * for it fails.
 * <p>
 * Not guaranteed: if a connection is given up, Redis may execute its last request late.
 * Then Redis may not know that this node asks, until the next check of the position. Or
 * it may believe so until this node stops.
 *
 * @author Nexios Team
 */
final class GroupSubscription {

	private static final int MAX_CALLS = 10_000;

	private final Queue<SubscriptionCall> calls = new ArrayDeque<>(1);

	private final String group;

	private final GroupKeys keys;

	private final LaneGroups lane;

	private SubscriptionState state = SubscriptionState.IDLE;

	private @Nullable CompletableFuture<Position> waiting;

	private @Nullable GroupFeed feed;

	private int connection;

	private long step;

	private long announcement;

	GroupSubscription(String group, GroupKeys keys, LaneGroups lane) {
		this.group = group;
		this.keys = keys;
		this.lane = lane;
	}

	String group() {
		return this.group;
	}

	GroupKeys keys() {
		return this.keys;
	}

	/**
	 * Return what delivers the messages.
	 * @return the feed, or {@code null} if nothing is delivered
	 */
	@Nullable GroupFeed feed() {
		return (this.state == SubscriptionState.ACTIVE) ? this.feed : null;
	}

	SubscriptionState state() {
		return this.state;
	}

	/**
	 * Return the number of the present step. Each change of the state is a step.
	 * @return the number
	 */
	long step() {
		return this.step;
	}

	// Calls

	void call(SubscriptionCall call) {
		if (this.calls.size() >= MAX_CALLS) {
			call.fail(new GroupsUnavailableException("Too many calls wait for a group", null));
			return;
		}
		this.calls.add(call);
		proceed();
	}

	private void proceed() {
		while (!this.calls.isEmpty() && !this.state.isOnItsWay()) {
			SubscriptionCall call = this.calls.remove();
			if (call.subscribed() != null) {
				subscribe(call.subscribed());
			}
			if (call.unsubscribed() != null) {
				unsubscribe(call.unsubscribed());
			}
		}
		if (this.state == SubscriptionState.IDLE) {
			this.lane.remove(this);
		}
	}

	private void subscribe(CompletableFuture<Position> call) {
		GroupFeed feed = feed();
		SubscriberConnection connection = this.lane.connection();
		if (feed != null) {
			call.complete(feed.position());
		}
		else if (connection == null || !this.lane.canAsk()) {
			call.completeExceptionally(Unavailable.notConnected());
		}
		else {
			this.waiting = call;
			this.connection = this.lane.connectionNumber();
			go(SubscriptionState.SUBSCRIBING);
			await(connection.subscribe(List.of(this.keys.channel())), (confirmed, failure) -> confirmed(failure));
		}
	}

	private void unsubscribe(CompletableFuture<Void> call) {
		if (this.state == SubscriptionState.ACTIVE) {
			stopFeed();
			go(SubscriptionState.KEPT);
			if (!this.lane.isConnected(this.connection) || !this.lane.keep(this)) {
				leave();
			}
		}
		call.complete(null);
	}

	private void stopFeed() {
		if (this.feed != null) {
			this.feed.stop();
			this.feed = null;
		}
	}

	private void go(SubscriptionState state) {
		this.state = state;
		this.step++;
	}

	private <T> void await(CompletionStage<T> stage, Answer<T> answer) {
		long step = this.step;
		stage.whenComplete((result, failure) -> this.lane.execute(() -> {
			if (this.step == step) {
				answer.handle(result, failure);
			}
		}));
	}

	// Answers

	private void confirmed(@Nullable Throwable failure) {
		if (failure != null) {
			fail(failure);
			return;
		}
		this.feed = this.lane.newFeed(this.group, this.keys);
		this.announcement = this.lane.announcement();
		go(SubscriptionState.ASKING);
		await(this.lane.requests().ask(this.group, this.keys), this::asked);
	}

	private void asked(@Nullable Position position, @Nullable Throwable failure) {
		GroupFeed feed = this.feed;
		CompletableFuture<Position> call = this.waiting;
		if (position == null || feed == null || call == null) {
			fail(failure);
			return;
		}
		this.waiting = null;
		go(SubscriptionState.ACTIVE);
		// First, because what is delivered follows the position
		call.complete(position);
		feed.start(position);
		if (this.announcement != this.lane.announcement()) {
			this.lane.checks().need(feed);
			this.lane.checks().send();
		}
		proceed();
	}

	private void fail(@Nullable Throwable failure) {
		CompletableFuture<Position> call = this.waiting;
		this.waiting = null;
		stopFeed();
		leave();
		if (call != null) {
			call.completeExceptionally(Unavailable.because(failure));
		}
	}

	// Leaving

	void leave() {
		SubscriberConnection connection = this.lane.connection();
		if (connection != null && this.lane.isConnected(this.connection)) {
			leave(connection.unsubscribe(List.of(this.keys.channel())));
		}
		else {
			leave(CompletableFuture.completedStage(null));
		}
	}

	/**
	 * Leave the group.
	 * @param unsubscribed completes when the channel is not received any more
	 */
	void leave(CompletionStage<Void> unsubscribed) {
		go(SubscriptionState.LEAVING);
		CompletionStage<Boolean> ended = unsubscribed.handle((result, failure) -> true);
		await(this.lane.requests().forget(this.keys).thenCombine(ended, (answer, result) -> result),
				(result, failure) -> left(failure));
	}

	private void left(@Nullable Throwable failure) {
		if (failure == null || !mayBeRepeated(failure)) {
			go(SubscriptionState.IDLE);
		}
		else {
			go(SubscriptionState.OWING);
			this.lane.departures().owe(this);
		}
		proceed();
	}

	private static boolean mayBeRepeated(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		return cause instanceof ConnectionLostException
				|| (cause instanceof RedisErrorException error && !error.is("NOPERM") && !error.is("WRONGTYPE"));
	}

	// Connections and messages

	/**
	 * The connection for messages has ended.
	 */
	void disconnected() {
		if (this.state == SubscriptionState.SUBSCRIBING || this.state == SubscriptionState.ASKING) {
			fail(Unavailable.notConnected());
		}
		else if (this.state == SubscriptionState.KEPT) {
			leave();
		}
	}

	/**
	 * There is a new connection for messages.
	 * @param channels the channels that are subscribed to again
	 * @return what has to be confirmed, or {@code null}
	 */
	@Nullable GroupFeed reconnect(Collection<String> channels) {
		GroupFeed feed = feed();
		if (feed != null) {
			this.connection = this.lane.connectionNumber();
			feed.reconnect();
			channels.add(this.keys.channel());
		}
		return feed;
	}

	void arrive(int connection, Arrival arrival) {
		if (connection == this.connection && this.feed != null) {
			this.feed.arrive(arrival);
		}
	}

	/**
	 * Saved messages of any connection were dropped.
	 */
	void miss() {
		if (this.feed != null) {
			this.feed.arrive(new Arrival.Dropped());
		}
	}

	/**
	 * This node stops.
	 */
	void close() {
		stopFeed();
		go(SubscriptionState.IDLE);
		if (this.waiting != null) {
			this.waiting.completeExceptionally(Unavailable.notConnected());
		}
		this.calls.forEach((call) -> call.fail(Unavailable.notConnected()));
		this.calls.clear();
	}

	private interface Answer<T> {

		void handle(@Nullable T result, @Nullable Throwable failure);

	}

}
