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

package io.nexios.ws.broker.redis.feed;

import java.util.List;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.cursor.CursorAction;
import io.nexios.ws.broker.redis.cursor.GroupCursor;
import io.nexios.ws.broker.redis.cursor.StreamPage;
import io.nexios.ws.broker.redis.wire.Arrival;

/**
 * Delivers the messages of one subscription, as its cursor decides. Used by one lane. It
 * begins when the channel is confirmed, holds what arrives until it is started, and ends
 * with the subscription. After its end nothing has an effect.
 *
 * @author Nexios Team
 */
public final class GroupFeed {

	private static final int MAX_FAILURES = 3;

	private final GroupName name;

	private final SubscriptionParts parts;

	private final StreamReads reads;

	private final GroupCursor cursor;

	private Position position = Position.start(0);

	private boolean started;

	private boolean stopped;

	private boolean confirmed = true;

	private boolean busy;

	private boolean skipped;

	private int failures;

	private long dropped;

	public GroupFeed(GroupName name, SubscriptionParts parts, StreamReads reads) {
		this.name = name;
		this.parts = parts;
		this.reads = reads;
		this.cursor = new GroupCursor(name.group());
	}

	GroupName name() {
		return this.name;
	}

	/**
	 * Return the position of the last delivered message. What follows will be delivered,
	 * or is a loss.
	 * @return the position
	 */
	public Position position() {
		return this.position;
	}

	public void start(Position position) {
		this.started = true;
		this.position = position;
		run(this.cursor.start(position));
	}

	public void stop() {
		this.stopped = true;
	}

	boolean isStopped() {
		return this.stopped;
	}

	public void arrive(Arrival arrival) {
		if (!this.stopped) {
			this.busy |= arrival instanceof Arrival.Placed;
			run(this.cursor.arrive(arrival));
			countDropped();
		}
	}

	private void countDropped() {
		for (long now = this.cursor.dropped(); this.dropped < now; this.dropped++) {
			this.parts.observer().ignored();
		}
	}

	/**
	 * Hold what arrives on a new connection until the position is checked.
	 */
	public void reconnect() {
		this.confirmed = false;
		this.cursor.hold(true);
	}

	/**
	 * The channel is confirmed on the new connection.
	 */
	public void confirm() {
		this.confirmed = true;
	}

	/**
	 * Return whether the position can be checked now.
	 * @return whether the feed has started and its channel is confirmed
	 */
	boolean isCheckable() {
		return this.started && this.confirmed && !this.stopped;
	}

	/**
	 * Return whether the regular check has to check the position now. A check is skipped
	 * if saved messages have arrived since the last call, because nothing seems to be
	 * missing. The next one is not skipped: these messages do not show whether Redis
	 * still knows that this node asks.
	 * @return whether the position has to be checked
	 */
	public boolean takeDue() {
		boolean due = !this.busy || this.skipped || !this.cursor.isSettled();
		boolean taken = due && isCheckable() && !this.reads.isReading(this);
		this.busy = false;
		this.skipped = !taken;
		return taken;
	}

	/**
	 * Begin a check, which is sent after this call.
	 * @return the ticket of the check
	 */
	long beginCheck() {
		return this.cursor.hold(false);
	}

	void checked(long ticket, Position end) {
		if (!this.stopped) {
			run(this.cursor.checked(ticket, end));
		}
	}

	void page(long ticket, StreamPage page) {
		if (!this.stopped) {
			List<CursorAction> actions = this.cursor.page(ticket, page);
			this.parts.observer().repaired((int) actions.stream().filter(GroupFeed::isSaved).count());
			run(actions);
		}
	}

	private static boolean isSaved(CursorAction action) {
		return action instanceof CursorAction.Deliver deliver && deliver.message().position() != null;
	}

	void readFailed(long ticket) {
		this.cursor.failed(ticket);
	}

	/**
	 * Count a failure of Redis.
	 * @return whether to try again soon. If not, the regular check does it
	 */
	boolean countFailure() {
		this.failures++;
		return this.failures <= MAX_FAILURES;
	}

	private void run(List<CursorAction> actions) {
		if (this.cursor.isSettled()) {
			this.failures = 0;
		}
		for (CursorAction action : actions) {
			if (action instanceof CursorAction.Deliver deliver) {
				deliver(deliver.message());
			}
			else if (action instanceof CursorAction.Report report) {
				report(report.loss());
			}
			else if (action instanceof CursorAction.Read read) {
				this.reads.read(this, read);
			}
		}
	}

	private void deliver(BrokerMessage message) {
		Position position = message.position();
		this.position = (position != null) ? position : this.position;
		try {
			this.parts.subscriber().onMessage(message);
		}
		catch (Throwable ex) {
			this.parts.log().failed("A message of a group could not be delivered", ex);
		}
	}

	private void report(Loss loss) {
		this.position = loss.next();
		this.parts.observer().lost(loss.reason());
		try {
			this.parts.subscriber().onLoss(loss);
		}
		catch (Throwable ex) {
			this.parts.log().failed("A loss of a group could not be reported", ex);
		}
	}

}
