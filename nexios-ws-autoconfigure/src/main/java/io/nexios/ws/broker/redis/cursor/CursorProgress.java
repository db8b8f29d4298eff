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

package io.nexios.ws.broker.redis.cursor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.wire.Arrival;

/**
 * The position of the last delivered message, and the actions that change it.
 * <p>
 * A message is delivered only if it follows the position. Each other change of the
 * position is a loss, which begins at the position and says where it goes on. So nothing
 * is skipped without a loss.
 *
 * @author Nexios Team
 */
final class CursorProgress {

	private final String group;

	private final Set<Reason> reported = EnumSet.noneOf(Reason.class);

	private final RepairedIds repaired = new RepairedIds();

	private List<CursorAction> actions = new ArrayList<>(1);

	private Position last = Position.start(0);

	private long leftEpoch;

	private boolean started;

	CursorProgress(String group) {
		this.group = group;
	}

	/**
	 * Set the first position. Later calls have no effect.
	 * @param start the position
	 */
	void start(Position start) {
		if (!this.started) {
			this.started = true;
			this.last = start;
			this.leftEpoch = start.epoch();
		}
	}

	Position last() {
		return this.last;
	}

	/**
	 * Return the epoch before the present one.
	 * @return the epoch, or the first one if it is the only one
	 */
	long leftEpoch() {
		return this.leftEpoch;
	}

	void deliver(Arrival.Unsaved unsaved) {
		this.actions
			.add(new CursorAction.Deliver(new BrokerMessage(unsaved.envelope().publication(this.group, false), null)));
	}

	boolean isFollowedBy(Arrival.Placed placed) {
		return placed.before().equals(this.last);
	}

	/**
	 * Go on to what follows the position. If it cannot be read, it is a loss.
	 * @param placed what follows the position
	 */
	void advance(Arrival.Placed placed) {
		if (placed instanceof Arrival.Saved saved) {
			this.last = saved.position();
			this.actions.add(new CursorAction.Deliver(
					new BrokerMessage(saved.envelope().publication(this.group, true), saved.position())));
		}
		else {
			report(Reason.UNREADABLE, placed.position());
		}
	}

	/**
	 * Go on to an entry of the stream that follows the position.
	 * @param entry the entry
	 */
	void repair(Arrival.Placed entry) {
		advance(entry);
		this.repaired.add(entry.position());
	}

	/**
	 * Return whether the stream had another message at a position.
	 * @param position a position before the last message
	 * @return whether it is known that the message at this position is another one
	 */
	boolean contradicts(Position position) {
		return this.repaired.contradict(position);
	}

	void forgetRepaired() {
		this.repaired.clear();
	}

	/**
	 * Go on somewhere else.
	 * @param reason the reason
	 * @param next the position after which delivery goes on
	 */
	void lose(Reason reason, Position next) {
		report(reason, next);
		this.repaired.clear();
	}

	private void report(Reason reason, Position next) {
		this.actions.add(new CursorAction.Report(new Loss(this.group, this.last, next, reason)));
		this.reported.add(reason);
		if (next.epoch() != this.last.epoch()) {
			this.leftEpoch = this.last.epoch();
		}
		this.last = next;
	}

	/**
	 * Report that messages of another branch or another epoch have been lost here, if
	 * this has not been reported since Redis was asked.
	 * @param reason the reason
	 */
	void loseHere(Reason reason) {
		if (!this.reported.contains(reason)) {
			report(reason, this.last);
		}
	}

	void beginQuestion() {
		this.reported.clear();
	}

	void read(long ticket) {
		this.actions.add(new CursorAction.Read(ticket, this.last.offset()));
	}

	/**
	 * Return the actions since the last call.
	 * @return the actions
	 */
	List<CursorAction> takeActions() {
		List<CursorAction> taken = this.actions;
		this.actions = new ArrayList<>(1);
		return taken;
	}

}
