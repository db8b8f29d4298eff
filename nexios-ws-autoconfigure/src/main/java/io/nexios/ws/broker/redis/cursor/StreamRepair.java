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

import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.wire.Arrival;

/**
 * Moves the position to the end of the saved messages of a group. The end was read after
 * the last message had been delivered.
 *
 * @author Nexios Team
 */
final class StreamRepair {

	private final CursorProgress progress;

	private final HeldArrivals held;

	StreamRepair(CursorProgress progress, HeldArrivals held) {
		this.progress = progress;
		this.held = held;
	}

	/**
	 * Compare the position with the end. If the end is not at or after the position, go
	 * on from the end. In a new epoch, go on from the first message that is held.
	 * @param end the end
	 * @return whether the position is before the end
	 */
	boolean compare(Position end) {
		Position last = this.progress.last();
		boolean sameEpoch = end.epoch() == last.epoch();
		boolean before = sameEpoch && end.offset() > last.offset();
		if (!before && !end.equals(last)) {
			this.progress.lose(sameEpoch ? Reason.FORK : Reason.EPOCH, sameEpoch ? end : this.held.begin(end));
		}
		return before;
	}

	/**
	 * Deliver a page of the stream. The position moves to the end, unless there are more
	 * pages or the epoch is a new one.
	 * @param page the page. It was read after the position
	 */
	void repair(StreamPage page) {
		if (compare(page.end())) {
			deliver(page);
		}
	}

	private void deliver(StreamPage page) {
		Position begin = this.progress.last();
		boolean oldest = true;
		for (Arrival.Placed entry : page.entries()) {
			if (isNext(entry.position(), page.end())) {
				repair(entry, oldest);
			}
			oldest = false;
		}
		finish(page.end(), page.full() && !this.progress.last().equals(begin));
	}

	private boolean isNext(Position entry, Position end) {
		return entry.offset() > this.progress.last().offset() && entry.offset() <= end.offset();
	}

	private void repair(Arrival.Placed entry, boolean oldest) {
		if (!this.progress.isFollowedBy(entry)) {
			boolean missing = entry.before().offset() > this.progress.last().offset();
			this.progress.lose((missing && oldest) ? Reason.RETENTION : Reason.FORK, entry.before());
		}
		this.progress.repair(entry);
	}

	private void finish(Position end, boolean more) {
		Position last = this.progress.last();
		if (last.offset() == end.offset() && !last.equals(end)) {
			this.progress.lose(Reason.FORK, end);
		}
		else if (last.offset() < end.offset() && !more) {
			this.progress.lose(Reason.RETENTION, end);
		}
	}

}
