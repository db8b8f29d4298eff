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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.broker.Position;

/**
 * Compares what a cursor has delivered and reported with what Redis has accepted.
 *
 * @author Nexios Team
 */
final class DeliveryCheck {

	private final SimulatedRedis redis;

	private final CursorSimulation.Faults faults;

	private final List<CursorAction> timeline;

	private final int startNumber;

	private final Set<Long> arrived;

	private final List<String> complaints = new ArrayList<>();

	private final Set<Long> delivered = new HashSet<>();

	private final Set<Loss> losses = new HashSet<>();

	private Position position;

	private int lastSaved = -1;

	private int lastUnsaved = -1;

	DeliveryCheck(SimulatedRedis redis, CursorSimulation.Faults faults, List<CursorAction> timeline, Position start,
			int startNumber, Set<Long> arrived) {
		this.redis = redis;
		this.faults = faults;
		this.timeline = timeline;
		this.position = start;
		this.startNumber = startNumber;
		this.arrived = arrived;
	}

	List<String> complaints() {
		this.timeline.forEach((action) -> {
			if (action instanceof CursorAction.Deliver deliver) {
				check(deliver.message());
			}
			else if (action instanceof CursorAction.Report report) {
				check(report.loss());
			}
		});
		complainIf(!this.position.equals(this.redis.end()), "ends at another position");
		this.redis.accepted().forEach(this::checkIsCovered);
		return this.complaints;
	}

	private void complainIf(boolean wrong, String complaint) {
		if (wrong) {
			this.complaints.add(complaint);
		}
	}

	private void check(BrokerMessage message) {
		long id = message.publication().id().getLeastSignificantBits();
		SimulatedRedis.Accepted accepted = this.redis.accepted().get(id);
		complainIf(!this.delivered.add(id), "twice: " + accepted);
		if (message.position() == null) {
			complainIf(accepted.number() <= this.lastUnsaved, "out of order: " + accepted);
			this.lastUnsaved = accepted.number();
			return;
		}
		complainIf(!message.position().equals(accepted.position()), "wrong position: " + message.position());
		complainIf(!follows(accepted), "skipped before " + accepted + " at " + this.position);
		complainIf(accepted.number() <= this.lastSaved, "out of order: " + accepted);
		complainIf(!this.faults.silentDrops() && accepted.number() <= this.lastUnsaved, "unsaved too early");
		this.lastSaved = accepted.number();
		this.position = message.position();
	}

	private boolean follows(SimulatedRedis.Accepted accepted) {
		Position position = accepted.position();
		return new Position(position.epoch(), position.offset() - 1, accepted.previous()).equals(this.position);
	}

	private void check(Loss loss) {
		Position last = loss.last();
		Position next = loss.next();
		complainIf(!last.equals(this.position), "loss begins elsewhere: " + loss);
		complainIf(!this.losses.add(loss) && !last.equals(next), "loss twice: " + loss);
		boolean right = switch (loss.reason()) {
			case UNREADABLE -> isUnreadable(loss);
			case RETENTION -> isRemoved(loss);
			case FORK -> this.redis.hasForked() && last.epoch() == next.epoch();
			case EPOCH -> this.redis.hasNewEpoch() && (last.epoch() != next.epoch() || last.equals(next));
		};
		complainIf(!right, "wrong loss: " + loss);
		this.position = next;
	}

	private boolean isUnreadable(Loss loss) {
		SimulatedRedis.Accepted accepted = this.redis.accepted().get(loss.next().id());
		return accepted != null && !accepted.readable() && loss.next().equals(accepted.position()) && follows(accepted);
	}

	/**
	 * Offsets may come again after a fork, so only what was accepted up to the end of the
	 * loss counts.
	 */
	private boolean isRemoved(Loss loss) {
		SimulatedRedis.Accepted end = this.redis.accepted().get(loss.next().id());
		return loss.next().offset() > loss.last().offset() && end != null
				&& this.redis.accepted().entrySet().stream().allMatch((entry) -> {
					Position position = entry.getValue().position();
					return position == null || position.epoch() != loss.last().epoch()
							|| entry.getValue().number() > end.number() || position.offset() <= loss.last().offset()
							|| position.offset() > loss.next().offset() || this.redis.isRemoved(entry.getKey())
							|| this.redis.isReplaced(entry.getKey());
				});
	}

	private void checkIsCovered(long id, SimulatedRedis.Accepted accepted) {
		if (accepted.position() == null || accepted.number() < this.startNumber || this.delivered.contains(id)
				|| (this.redis.isReplaced(id) && (this.faults.large() || !this.arrived.contains(id)))) {
			return;
		}
		complainIf(!isCovered(accepted, this.redis.isReplaced(id)), "missing: " + accepted);
	}

	private boolean isCovered(SimulatedRedis.Accepted missing, boolean replaced) {
		boolean covered = false;
		for (CursorAction action : this.timeline) {
			if (action instanceof CursorAction.Report report) {
				covered |= !replaced || report.loss().reason() != Reason.UNREADABLE;
			}
			else if (action instanceof CursorAction.Deliver deliver && deliver.message().position() != null) {
				boolean later = numberOf(deliver) > missing.number();
				if (later && covered) {
					return true;
				}
				covered = covered && later;
				if (later && !replaced) {
					return false;
				}
			}
		}
		return covered;
	}

	private int numberOf(CursorAction.Deliver deliver) {
		Map<Long, SimulatedRedis.Accepted> accepted = this.redis.accepted();
		return accepted.get(deliver.message().publication().id().getLeastSignificantBits()).number();
	}

}
