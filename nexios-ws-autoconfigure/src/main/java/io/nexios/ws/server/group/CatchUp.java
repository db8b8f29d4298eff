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

package io.nexios.ws.server.group;

import java.util.List;

import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.server.group.broker.BrokerCalls;
import io.nexios.ws.server.group.broker.Waits.Deadline;
import io.nexios.ws.server.group.delivery.Awaited;
import io.nexios.ws.server.group.delivery.Delivery;
import io.nexios.ws.server.group.delivery.Group.Seam;
import io.nexios.ws.server.group.delivery.JoinRequest;
import io.nexios.ws.server.group.delivery.RecentMessages;
import io.nexios.ws.server.group.delivery.RecentMessages.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a member that was just added gets of the past. A member that resumes gets
 * all messages after its position, or none of them.
 *
 * @author Nexios Team
 */
final class CatchUp {

	private final BrokerCalls broker;

	private final Membership membership;

	private final JoinRequest request;

	private final Deadline deadline;

	CatchUp(BrokerCalls broker, Membership membership, JoinRequest request, Deadline deadline) {
		this.broker = broker;
		this.membership = membership;
		this.request = request;
		this.deadline = deadline;
	}

	Replay replay(Seam seam) {
		if (!this.request.resuming()) {
			return unrecovered(seam, Recovery.NOT_ASKED);
		}
		Replay recovered = (this.request.position() != null) ? resume(seam, this.request.position()) : null;
		return (recovered != null) ? recovered : unrecovered(seam, Recovery.NOT_RECOVERED);
	}

	private @Nullable Replay resume(Seam seam, Position position) {
		if (seam.awaited() != null) {
			boolean reached = isReached(seam.awaited(), position);
			return reached ? new Replay(Recovery.RECOVERED, position, List.of(), seam.awaited().skipped()) : null;
		}
		if (position.equals(seam.last())) {
			return new Replay(Recovery.RECOVERED, position, List.of(), 0);
		}
		boolean behind = position.epoch() == seam.last().epoch() && position.offset() < seam.last().offset();
		List<Delivery> missed = behind ? slice(seam).after(position) : null;
		return (missed != null) ? new Replay(Recovery.RECOVERED, position, missed, 0) : null;
	}

	/**
	 * Wait until the group has reached the position of a client that is ahead of this
	 * node.
	 * @param awaited the position that the group awaits
	 * @param position the position of the client
	 * @return whether the group has reached exactly this position in time
	 */
	private boolean isReached(Awaited awaited, Position position) {
		try {
			if (!awaited.outcome().isDone() && !mayBeReached(position)) {
				return false;
			}
			return this.deadline.await(awaited.outcome(), this.membership.ended());
		}
		catch (GroupsUnavailableException ex) {
			return false;
		}
	}

	private boolean mayBeReached(Position position) {
		Position end = this.deadline.await(this.broker.position(this.membership.group()), this.membership.ended());
		return end.epoch() == position.epoch() && (end.offset() > position.offset() || end.equals(position));
	}

	private Replay unrecovered(Seam seam, Recovery recovery) {
		if (!this.request.history()) {
			return new Replay(recovery, seam.last(), List.of(), 0);
		}
		Slice history = slice(seam);
		Position from = history.deliveries().isEmpty() ? seam.last() : history.start();
		return new Replay(recovery, from, history.deliveries(), 0);
	}

	private Slice slice(Seam seam) {
		RecentMessages recent = seam.recent();
		if (recent == null) {
			return new Slice(null, List.of());
		}
		this.deadline.await(recent.read(), this.membership.ended());
		return recent.upTo(seam.last());
	}

}
