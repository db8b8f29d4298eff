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
import org.jspecify.annotations.Nullable;

/**
 * Decides what an arrival on the channel of a group means.
 * <p>
 * The channel is in step if it has delivered the last message. Everything else that it
 * delivers is then newer. Otherwise the stream was ahead of the channel, and the channel
 * may still deliver what has been read from the stream.
 *
 * @author Nexios Team
 */
final class ChannelOrder {

	private final CursorProgress progress;

	private @Nullable Position heard;

	ChannelOrder(CursorProgress progress) {
		this.progress = progress;
	}

	void forget() {
		this.heard = null;
	}

	/**
	 * Take an arrival, if it is clear what it means.
	 * @param arrival the arrival
	 * @return whether it was taken. Otherwise Redis has to be asked
	 */
	boolean take(Arrival arrival) {
		if (arrival instanceof Arrival.Placed placed) {
			return this.progress.isFollowedBy(placed) ? advance(placed)
					: isInStep() ? takeNewer(placed) : takeKnown(placed.position());
		}
		if (arrival instanceof Arrival.Unsaved unsaved) {
			this.progress.deliver(unsaved);
		}
		return !(arrival instanceof Arrival.Dropped);
	}

	private boolean isInStep() {
		return this.progress.last().equals(this.heard);
	}

	private boolean advance(Arrival.Placed placed) {
		this.progress.advance(placed);
		return hear(placed.position());
	}

	private boolean hear(Position last) {
		this.heard = last;
		this.progress.forgetRepaired();
		return true;
	}

	private boolean takeNewer(Arrival.Placed placed) {
		Position last = this.progress.last();
		if (placed.position().equals(last)) {
			return true;
		}
		boolean sameEpoch = placed.position().epoch() == last.epoch();
		if (sameEpoch && placed.position().offset() > last.offset()) {
			return false;
		}
		this.progress.lose(sameEpoch ? Reason.FORK : Reason.EPOCH, placed.before());
		return advance(placed);
	}

	private boolean takeKnown(Position position) {
		Position last = this.progress.last();
		if (position.equals(last)) {
			return hear(position);
		}
		return position.epoch() == last.epoch() && position.offset() < last.offset()
				&& !this.progress.contradicts(position);
	}

	/**
	 * Take an arrival that came before Redis was asked. The last message is the end that
	 * Redis has answered. So what is not known is on another branch or in another epoch.
	 * @param arrival the arrival
	 * @return {@code true}
	 */
	boolean settle(Arrival arrival) {
		if (arrival instanceof Arrival.Unsaved unsaved) {
			this.progress.deliver(unsaved);
		}
		else if (arrival instanceof Arrival.Placed placed && !takeKnown(placed.position())) {
			settleUnknown(placed.position().epoch());
		}
		return true;
	}

	private void settleUnknown(long epoch) {
		if (epoch == this.progress.last().epoch()) {
			this.progress.loseHere(Reason.FORK);
		}
		else if (epoch != this.progress.leftEpoch()) {
			this.progress.loseHere(Reason.EPOCH);
		}
	}

}
