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
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.Present;
import io.nexios.ws.server.channel.ServerChannelConnection;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

/**
 * A channel in one group. It is <em>joining</em>, then <em>live</em>, then <em>gone</em>.
 * <p>
 * <b>Joining.</b> Items of the group wait in the backlog. {@link #start} says what comes
 * before them. The member is live when its connection is open, too. Then everything is
 * sent in one step with respect to delivery: what comes before, then the backlog.
 * <p>
 * <b>Live.</b> Items are offered to the connection's outbound queue.
 * <p>
 * <b>Gone.</b> Nothing is sent any more. A member with positions gets one last message,
 * and nothing after it. A member without positions may get an item whose delivery had
 * begun before it left.
 * <p>
 * The lock guards the state and the backlog. Offering to the outbound queue does not
 * block. Whatever may close the connection happens without the lock.
 *
 * @author Nexios Team
 */
public final class Member {

	private final ReentrantLock lock = new ReentrantLock();

	private final Channel channel;

	private final ServerChannelConnection connection;

	private final GroupEnvelope envelope;

	private final boolean positions;

	private final @Nullable Present present;

	private volatile State state = State.JOINING;

	private volatile boolean joined;

	private @Nullable MemberBacklog backlog;

	// Set by the group before any item is delivered
	private long since;

	private @Nullable Awaited awaited;

	private List<OutboundFrame> first = List.of();

	private int skipped;

	/**
	 * Create a member that is joining.
	 * @param channel its channel
	 * @param envelope writes messages for members with positions
	 * @param request what the member has asked for
	 * @param maxBytes how many bytes may wait for it
	 * @param maxMessages how many messages may wait for it
	 */
	public Member(Channel channel, GroupEnvelope envelope, JoinRequest request, long maxBytes, int maxMessages) {
		this.channel = channel;
		this.connection = ServerChannelConnection.of(channel);
		this.envelope = envelope;
		this.positions = request.positions();
		this.present = request.present();
		this.backlog = new MemberBacklog(maxBytes, maxMessages);
	}

	public Channel channel() {
		return this.channel;
	}

	/**
	 * Return whether the join of this member has succeeded.
	 * @return whether applications see the member
	 */
	boolean hasJoined() {
		return this.joined;
	}

	/**
	 * Return how the member is listed.
	 * @return the entry, or {@code null} if it is not listed
	 */
	public @Nullable Present present() {
		return this.present;
	}

	/**
	 * The group adds the member.
	 * @param turn the number of the last delivery that the member does not get
	 * @param awaited a position that the group has to reach first, or {@code null}
	 */
	void added(long turn, @Nullable Awaited awaited) {
		this.since = turn;
		this.awaited = awaited;
	}

	/**
	 * Deliver an item of the group.
	 * @param item the item
	 * @param turn the number of the delivery
	 */
	void deliver(GroupItem item, long turn) {
		if (turn <= this.since) {
			return;
		}
		OutboundFrame frame = item.frame(this.channel, this.positions);
		if (this.state == State.LIVE && !this.positions) {
			offer(frame);
			return;
		}
		if (!deliver(item, frame)) {
			this.connection.tooSlow();
		}
	}

	private boolean deliver(GroupItem item, @Nullable OutboundFrame frame) {
		this.lock.lock();
		try {
			if (this.state == State.JOINING) {
				return add(item, frame);
			}
			if (this.state == State.LIVE) {
				offer(frame);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean add(GroupItem item, @Nullable OutboundFrame frame) {
		MemberBacklog backlog = backlog();
		boolean fits = frame == null || backlog.add(frame) || drop(item, backlog);
		Awaited awaited = this.awaited;
		if (awaited != null && awaited.isDecidedBy(item)) {
			awaited.decide(item, backlog.mark());
		}
		if (!fits) {
			leave();
		}
		return fits;
	}

	private boolean drop(GroupItem item, MemberBacklog backlog) {
		if (!this.connection.isDropping()) {
			return false;
		}
		boolean begun = this.positions && backlog.addDropped(item);
		this.connection.dropped(begun);
		return true;
	}

	private MemberBacklog backlog() {
		MemberBacklog backlog = this.backlog;
		if (backlog == null) {
			throw new IllegalStateException("The member is not joining");
		}
		return backlog;
	}

	private void offer(@Nullable OutboundFrame frame) {
		if (frame != null) {
			this.connection.offer(frame);
		}
	}

	/**
	 * The join has succeeded. The member is live as soon as its connection is open.
	 * @param first what is sent before the backlog
	 * @param skipped how many entries of the backlog are left out
	 */
	public void start(List<OutboundFrame> first, int skipped) {
		boolean fits = true;
		this.joined = true;
		this.lock.lock();
		try {
			this.first = first;
			this.skipped = skipped;
			if (this.state == State.JOINING && !this.channel.webSocket().isConnected()) {
				fits = backlog().reserve(first);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (!fits) {
			this.connection.tooSlow();
		}
		this.connection.whenOpened(this::live);
	}

	private void live() {
		this.lock.lock();
		try {
			if (this.state == State.JOINING) {
				this.first.forEach(this.connection::offer);
				backlog().frames(this.skipped).forEach(this.connection::offer);
				end(State.LIVE);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Leave the group.
	 */
	void leave() {
		this.lock.lock();
		try {
			if (this.state == State.LIVE && this.positions) {
				this.connection.offer(this.envelope.left());
			}
			end(State.GONE);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end(State state) {
		this.state = state;
		this.backlog = null;
		this.awaited = null;
		this.first = List.of();
	}

	private enum State {

		JOINING, LIVE, GONE

	}

}
