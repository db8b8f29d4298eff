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

import java.util.List;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.cursor.CursorQuestion.Kind;
import io.nexios.ws.broker.redis.wire.Arrival;

/**
 * Decides what is delivered of one group, in which order, and which losses are reported.
 * Calls must not overlap. What is missing on the channel is read from the stream on
 * another connection, so the stream may be ahead of the channel. What follows the
 * position is delivered at once. Otherwise it is held, and a page of the stream and the
 * end of the saved messages are read. Arrivals are also held before the start, during a
 * check, and after a failed read. At the end, what is held is delivered or dropped.
 * <ul>
 * <li>Nothing is skipped silently ({@link CursorProgress}).
 * <li>Nothing comes twice or out of order. Messages follow the position, except after a
 * loss. What is not above the position is a fork if the channel cannot deliver known
 * messages ({@link ChannelOrder}). Otherwise it is dropped.
 * <li>An answer is newer than what was held before the question. Such an arrival is in
 * the stream up to the end. Otherwise it is on another branch or in another epoch, and a
 * loss is reported. What came later may be newer than the answer. If it does not follow,
 * Redis is asked again. So the questions end.
 * </ul>
 * Not guaranteed:
 * <ul>
 * <li>Unsaved messages may be missing, or come after saved ones that were read from the
 * stream. They never come before a saved one that was before them on the channel.
 * <li>If no message follows, only a check of the position finds that one is missing.
 * <li>If Redis goes back, and the channel has not yet delivered the last message, new
 * messages are dropped until they reach that offset or the position is checked. Then a
 * loss is reported. Messages below the last 256 that were read count as known ones.
 * <li>No loss is reported of a replaced message that never arrived or had to be dropped.
 * <li>If Redis goes back and repeats messages, they come twice, after a loss.
 * </ul>
 *
 * @author Nexios Team
 */
public final class GroupCursor {

	private final CursorQuestion question = new CursorQuestion();

	private final HeldArrivals held = new HeldArrivals();

	private final CursorProgress progress;

	private final ChannelOrder channel;

	private final StreamRepair stream;

	public GroupCursor(String group) {
		this.progress = new CursorProgress(group);
		this.channel = new ChannelOrder(this.progress);
		this.stream = new StreamRepair(this.progress, this.held);
	}

	/**
	 * Start at a position that was read after the subscription to the channel.
	 * @param position the position
	 * @return what is to be done
	 */
	public List<CursorAction> start(Position position) {
		this.progress.start(position);
		return this.question.is(Kind.START) ? proceed(position) : List.of();
	}

	/**
	 * Handle what has arrived on the channel.
	 * @param arrival what has arrived
	 * @return what is to be done
	 */
	public List<CursorAction> arrive(Arrival arrival) {
		if (!isSettled()) {
			this.held.add(arrival);
			return List.of();
		}
		if (!this.channel.take(arrival)) {
			this.held.add(arrival);
			ask();
		}
		return this.progress.takeActions();
	}

	private void ask() {
		this.progress.beginQuestion();
		read();
	}

	private void read() {
		this.held.mark();
		this.progress.read(this.question.ask(Kind.PAGE));
	}

	/**
	 * Handle the answer to {@link CursorAction.Read}.
	 * @param ticket the ticket of the read
	 * @param page the answer
	 * @return what is to be done
	 */
	public List<CursorAction> page(long ticket, StreamPage page) {
		if (!this.question.is(Kind.PAGE, ticket)) {
			return List.of();
		}
		this.stream.repair(page);
		return proceed(page.end());
	}

	/**
	 * Handle the failure of a {@link CursorAction.Read}. The position has to be checked.
	 * @param ticket the ticket of the read
	 */
	public void failed(long ticket) {
		if (this.question.is(Kind.PAGE, ticket)) {
			this.question.ask(Kind.CHECK);
		}
	}

	/**
	 * Hold arrivals until a check, which is sent after this call and the subscription.
	 * @param newConnection whether the channel has lost its connection
	 * @return the ticket of the check
	 */
	public long hold(boolean newConnection) {
		this.progress.beginQuestion();
		if (newConnection) {
			this.channel.forget();
		}
		this.held.mark();
		return this.question.ask(Kind.CHECK);
	}

	/**
	 * Handle the answer to a check of the position.
	 * @param ticket the ticket of the check
	 * @param end the end of the saved messages of the group
	 * @return what is to be done
	 */
	public List<CursorAction> checked(long ticket, Position end) {
		if (!this.question.is(Kind.CHECK, ticket)) {
			return List.of();
		}
		this.progress.start(end);
		this.stream.compare(end);
		return proceed(end);
	}

	private List<CursorAction> proceed(Position end) {
		if (this.progress.last().equals(end)) {
			settle();
		}
		else {
			read();
		}
		return this.progress.takeActions();
	}

	private void settle() {
		this.question.answered();
		Arrival next = this.held.peek();
		while (next != null && isSettled()) {
			if (this.held.isMarked() ? this.channel.settle(next) : this.channel.take(next)) {
				this.held.remove();
				next = this.held.peek();
			}
			else {
				ask();
			}
		}
	}

	/**
	 * Return whether nothing is held. If not, a new connection needs a check.
	 * @return whether arrivals are delivered at once
	 */
	public boolean isSettled() {
		return this.question.is(Kind.NONE);
	}

	public long dropped() {
		return this.held.dropped();
	}

}
