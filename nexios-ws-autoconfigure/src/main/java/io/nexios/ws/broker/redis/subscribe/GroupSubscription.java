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

import java.util.concurrent.CompletableFuture;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.feed.GroupFeed;
import io.nexios.ws.broker.redis.feed.GroupName;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node is subscribed to a group. Used by one lane. Calls take effect one
 * after the other. The states are described in {@link SubscriptionState}. A subscription
 * that fails leaves like one that ends.
 * <p>
 * Each change of the state is a step. What waits for Redis, and what waits for the end of
 * the delay, belongs to a step. If the group has made another step meanwhile, it has no
 * effect. What this means for a group that is KEPT is described in {@link Departures}.
 * <p>
 * Not guaranteed: if a connection is given up, Redis may execute its last request late.
 * Then Redis may not know that this node asks, until the next check of the position. Or
 * it may believe so until this node stops.
 *
 * @author Nexios Team
 */
final class GroupSubscription {

	private final WaitingCalls calls = new WaitingCalls();

	private final GroupReception reception = new GroupReception();

	private final GroupName name;

	private final LaneGroups lane;

	private SubscriptionState state = SubscriptionState.IDLE;

	private long step;

	GroupSubscription(GroupName name, LaneGroups lane) {
		this.name = name;
		this.lane = lane;
	}

	GroupName name() {
		return this.name;
	}

	SubscriptionState state() {
		return this.state;
	}

	/**
	 * Return the number of the present step.
	 * @return the number
	 */
	long step() {
		return this.step;
	}

	GroupReception reception() {
		return this.reception;
	}

	/**
	 * Return what delivers the messages.
	 * @return the feed, or {@code null} if nothing is delivered
	 */
	@Nullable GroupFeed feed() {
		return (this.state == SubscriptionState.ACTIVE) ? this.reception.feed() : null;
	}

	// Calls

	void call(SubscriptionCall call) {
		this.calls.add(call);
		proceed();
	}

	private void proceed() {
		while (!this.state.isOnItsWay()) {
			SubscriptionCall call = this.calls.poll();
			if (call == null) {
				break;
			}
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
		if (feed != null) {
			call.complete(feed.position());
		}
		else if (!this.lane.link().isUsable()) {
			call.completeExceptionally(Unavailable.notConnected());
		}
		else {
			this.calls.await(call);
			this.reception.expect(this.lane.link().number());
			this.lane.requests().subscribe(go(SubscriptionState.SUBSCRIBING));
		}
	}

	private void unsubscribe(CompletableFuture<Void> call) {
		if (this.state == SubscriptionState.ACTIVE) {
			this.reception.stop();
			GroupStep kept = go(SubscriptionState.KEPT);
			if (!this.lane.link().isConnected(this.reception.connection()) || !this.lane.keep(kept)) {
				leave();
			}
		}
		call.complete(null);
	}

	private GroupStep go(SubscriptionState next) {
		this.state = this.state.to(next);
		return new GroupStep(this, ++this.step);
	}

	// Answers

	/**
	 * The channel is confirmed, or is not.
	 * @param failure the failure, or {@code null}
	 */
	void confirmed(@Nullable Throwable failure) {
		GroupFeed feed = feed();
		if (feed == null) {
			confirmedFirst(failure);
		}
		else if (failure == null) {
			feed.confirm();
			this.lane.requests().checks().need(feed);
		}
	}

	private void confirmedFirst(@Nullable Throwable failure) {
		if (failure != null) {
			fail(failure);
			return;
		}
		this.reception.begin(this.lane.newFeed(this.name), this.lane.link().announcement());
		this.lane.requests().ask(go(SubscriptionState.ASKING));
	}

	/**
	 * The position is known, or is not.
	 * @param position the position, or {@code null}
	 * @param failure the failure, or {@code null}
	 */
	void asked(@Nullable Position position, @Nullable Throwable failure) {
		if (position == null) {
			fail(failure);
			return;
		}
		go(SubscriptionState.ACTIVE);
		// First, because what is delivered follows the position
		this.calls.take().complete(position);
		this.reception.start(position, this.lane.link(), this.lane.requests().checks());
		proceed();
	}

	/**
	 * The call that waits for Redis fails.
	 * @param failure why
	 */
	void fail(@Nullable Throwable failure) {
		CompletableFuture<Position> call = this.calls.take();
		this.reception.stop();
		leave();
		call.completeExceptionally(Unavailable.because(failure));
	}

	/**
	 * Leave the group.
	 */
	void leave() {
		this.lane.requests().leave(go(SubscriptionState.LEAVING));
	}

	/**
	 * The group is left, or is not.
	 * @param failure the failure, or {@code null}
	 */
	void left(@Nullable Throwable failure) {
		if (failure == null || !Departures.mayBeRepeated(failure)) {
			go(SubscriptionState.IDLE);
		}
		else {
			this.lane.owe(go(SubscriptionState.OWING));
		}
		proceed();
	}

	// Connections

	/**
	 * The connection for messages has ended.
	 */
	void disconnected() {
		if (this.state.isSubscription()) {
			fail(Unavailable.notConnected());
		}
		else if (this.state == SubscriptionState.KEPT) {
			leave();
		}
	}

	/**
	 * There is a new connection for messages.
	 */
	void reconnect() {
		GroupFeed feed = feed();
		if (feed != null) {
			this.reception.expect(this.lane.link().number());
			feed.reconnect();
			this.lane.requests().subscribeAgain(new GroupStep(this, this.step));
		}
	}

	/**
	 * This node stops.
	 */
	void close() {
		this.reception.stop();
		this.state = SubscriptionState.IDLE;
		this.step++;
		this.calls.fail();
	}

}
