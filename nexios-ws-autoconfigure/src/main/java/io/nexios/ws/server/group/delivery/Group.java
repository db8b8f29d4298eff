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

package io.nexios.ws.server.group.delivery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.server.group.broker.OrderedCalls;
import org.jspecify.annotations.Nullable;

/**
 * One group on this node: its members, its subscription at the broker, and the position
 * up to which it has delivered.
 * <p>
 * <b>The subscription.</b> A join <em>holds</em> the group before it waits for anything,
 * and a member holds it until it leaves. The first hold subscribes. The last release
 * unsubscribes. A group that nobody holds is removed as soon as the calls of the broker
 * were made, so that a join of a new group with this name cannot overtake them.
 * <p>
 * <b>The seam.</b> Deliveries have numbers. A delivery takes its number and moves the
 * position in one step under the lock, and then goes to the members without the lock. A
 * member is added under the lock, too, with the number and the position at that moment.
 * So each message is in one of two places: it has a higher number, and the member finds
 * it in its backlog, or it is not after that position, and belongs to the history. The
 * broker does not deliver concurrently for one group.
 * <p>
 * The lock guards all fields. Nobody waits for the broker under it, and no broker is
 * called under it.
 *
 * @author Nexios Team
 */
public final class Group {

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Member> members = new ConcurrentHashMap<>();

	private final OrderedCalls calls = new OrderedCalls();

	private final GroupEnvelope envelope;

	private @Nullable Subscription subscription;

	private @Nullable Position last;

	private @Nullable RecentMessages recent;

	private long turn;

	private int holders;

	private boolean removed;

	Group(GroupEnvelope envelope) {
		this.envelope = envelope;
	}

	public GroupEnvelope envelope() {
		return this.envelope;
	}

	OrderedCalls calls() {
		return this.calls;
	}

	// The subscription

	/**
	 * Hold the group, so that it stays subscribed.
	 * @param calls the calls that begin and end a subscription
	 * @return the subscription, or {@code null} if the group was removed
	 */
	@Nullable Subscription hold(SubscriptionCalls calls) {
		this.lock.lock();
		try {
			if (this.removed) {
				return null;
			}
			this.holders++;
			Subscription subscription = this.subscription;
			if (subscription == null) {
				subscription = new Subscription();
				this.subscription = subscription;
				Subscription created = subscription;
				this.calls.add(() -> calls.subscribe(created));
			}
			return subscription;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Release the group.
	 * @param calls the calls that begin and end a subscription
	 * @return whether nobody holds the group any more
	 */
	boolean release(SubscriptionCalls calls) {
		this.lock.lock();
		try {
			this.holders--;
			if (this.holders == 0 && this.subscription != null) {
				endSubscription(calls);
			}
			return this.holders == 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void endSubscription(SubscriptionCalls calls) {
		this.subscription = null;
		this.last = null;
		forgetRecent();
		this.calls.add(calls::unsubscribe);
	}

	/**
	 * The broker has subscribed.
	 * @param subscription the subscription
	 * @param end the end of the saved messages. A message that was delivered meanwhile
	 * may be after it
	 */
	void subscribed(Subscription subscription, Position end) {
		this.lock.lock();
		try {
			if (this.subscription == subscription) {
				Position last = this.last;
				boolean passed = last != null && last.epoch() == end.epoch() && last.offset() > end.offset();
				this.last = passed ? last : end;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The broker has not subscribed. The next join tries again.
	 * @param subscription the subscription
	 * @param calls the calls that begin and end a subscription
	 */
	void notSubscribed(Subscription subscription, SubscriptionCalls calls) {
		this.lock.lock();
		try {
			if (this.subscription == subscription) {
				endSubscription(calls);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Remove the group, if nobody holds it and all calls were made.
	 * @return whether the group was removed just now
	 */
	boolean removeIfUnused() {
		this.lock.lock();
		try {
			boolean unused = !this.removed && this.holders == 0 && this.calls.isIdle();
			this.removed |= unused;
			return unused;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Members

	/**
	 * Add a member, in one step with respect to delivery.
	 * @param member the member
	 * @param request what the member needs
	 * @param recents creates what joins share
	 * @return where the member begins
	 */
	public Seam add(Member member, JoinRequest request, RecentHistories recents) {
		this.lock.lock();
		try {
			Position last = this.last;
			if (last == null) {
				throw new IllegalStateException("The group is not subscribed");
			}
			Awaited awaited = request.isAheadOf(last) ? new Awaited(request.required()) : null;
			member.added(this.turn, awaited);
			this.members.put(member.channel().id(), member);
			return new Seam(last, awaited, request.needsHistory(last) ? recent(recents) : null);
		}
		finally {
			this.lock.unlock();
		}
	}

	private RecentMessages recent(RecentHistories recents) {
		RecentMessages recent = this.recent;
		if (recent == null || !recent.use()) {
			recent = recents.create();
			this.recent = recent;
		}
		return recent;
	}

	public void remove(Member member) {
		this.members.remove(member.channel().id(), member);
		member.leave();
	}

	public int size() {
		return members().size();
	}

	/**
	 * Return the members whose join has succeeded.
	 * @return a snapshot
	 */
	public List<Member> members() {
		return this.members.values().stream().filter(Member::hasJoined).toList();
	}

	public Set<Channel> channels() {
		return members().stream().map(Member::channel).collect(Collectors.toUnmodifiableSet());
	}

	// Delivery

	/**
	 * Deliver a message to all members.
	 * @param message the message
	 * @param deliveries creates deliveries
	 * @return the number of members
	 */
	public int deliver(BrokerMessage message, Deliveries deliveries) {
		Delivery delivery;
		long turn;
		this.lock.lock();
		try {
			Position reached = (message.position() != null) ? message.position() : this.last;
			if (this.subscription == null || reached == null || isBehind(message.position())) {
				return 0;
			}
			delivery = deliveries.create(message, reached, this.envelope);
			turn = ++this.turn;
			this.last = reached;
			if (this.recent != null && message.position() != null) {
				this.recent.append(delivery);
			}
		}
		finally {
			this.lock.unlock();
		}
		return deliver(delivery, turn);
	}

	/**
	 * Return whether a message belongs to an earlier subscription. The members that have
	 * come since have it from the history.
	 * @param position the position of the message, or {@code null} if it was not saved
	 * @return whether the group has passed it
	 */
	private boolean isBehind(@Nullable Position position) {
		Position last = this.last;
		return last != null && position != null && position.epoch() == last.epoch()
				&& position.offset() <= last.offset();
	}

	/**
	 * Tell all members of a loss.
	 * @param loss the loss
	 */
	public void lose(Loss loss) {
		long turn;
		this.lock.lock();
		try {
			if (this.subscription == null || this.last == null) {
				// It belongs to an earlier subscription
				return;
			}
			turn = ++this.turn;
			this.last = loss.next();
			forgetRecent();
		}
		finally {
			this.lock.unlock();
		}
		deliver(new LossNotice(loss, this.envelope), turn);
	}

	private int deliver(GroupItem item, long turn) {
		int count = 0;
		for (Member member : this.members.values()) {
			member.deliver(item, turn);
			count++;
		}
		return count;
	}

	// Recent messages

	/**
	 * Forget the messages that joins share. Joins that have them already keep them.
	 */
	void forgetRecentMessages() {
		this.lock.lock();
		try {
			forgetRecent();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void forgetRecent() {
		RecentMessages recent = this.recent;
		this.recent = null;
		if (recent != null) {
			recent.forget();
		}
	}

	/**
	 * The calls that begin and end the subscription. They are made without the lock.
	 */
	interface SubscriptionCalls {

		void subscribe(Subscription subscription);

		void unsubscribe();

	}

	/**
	 * Where a member begins.
	 *
	 * @param last the position up to which the group had delivered
	 * @param awaited a position of the client that the group has not reached, or
	 * {@code null}
	 * @param recent the history, or {@code null} if the member does not need it
	 */
	public record Seam(Position last, @Nullable Awaited awaited, @Nullable RecentMessages recent) {

	}

}
