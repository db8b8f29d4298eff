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

package io.nexios.ws.broker.redis.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.History;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.wire.Arrival;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what belongs to the history of a group: the newest entries of its stream that
 * fit, that are young enough, and that are a chain up to the end. What is before a break
 * of the chain is on another branch. What cannot be read keeps its place, is not in the
 * history, and makes the history incomplete.
 *
 * @author Nexios Team
 */
final class HistorySelection {

	private static final Duration LONGEST = Duration.ofDays(36_500);

	private final String group;

	private final Position end;

	private final List<Arrival.Placed> kept;

	private final boolean broken;

	/**
	 * Choose from entries.
	 * @param group the group
	 * @param end the end of the saved messages
	 * @param entries the last entries of the stream, the oldest first
	 * @param limits the limits of the history
	 * @param now the time in milliseconds since 1970
	 */
	HistorySelection(String group, Position end, List<Arrival.Placed> entries, HistoryLimits limits, long now) {
		this.group = group;
		this.end = end;
		List<Arrival.Placed> chain = chain(end, entries);
		this.broken = chain.size() < entries.size();
		List<Arrival.Placed> newest = newest(chain, limits);
		this.kept = newest.subList(countOld(newest, now - millis(limits.ttl())), newest.size());
	}

	private static long millis(Duration ttl) {
		return ((ttl.compareTo(LONGEST) < 0) ? ttl : LONGEST).toMillis();
	}

	private static List<Arrival.Placed> chain(Position end, List<Arrival.Placed> entries) {
		Position expected = end;
		int first = entries.size();
		while (first > 0 && entries.get(first - 1).position().equals(expected)) {
			first--;
			expected = entries.get(first).before();
		}
		return entries.subList(first, entries.size());
	}

	private List<Arrival.Placed> newest(List<Arrival.Placed> chain, HistoryLimits limits) {
		List<Arrival.Placed> newest = new ArrayList<>();
		long bytes = 0;
		for (int i = chain.size() - 1; i >= 0 && newest.size() < limits.maxMessages(); i--) {
			bytes += sizeOf(chain.get(i));
			if (bytes > limits.maxBytes()) {
				break;
			}
			newest.add(chain.get(i));
		}
		Collections.reverse(newest);
		return newest;
	}

	private long sizeOf(Arrival.Placed entry) {
		return (entry instanceof Arrival.Saved saved)
				? HistoryLimits.sizeOf(saved.envelope().publication(this.group, true)) : entry.size();
	}

	private static int countOld(List<Arrival.Placed> entries, long oldest) {
		int old = 0;
		while (old < entries.size() && entries.get(old) instanceof Arrival.Saved saved
				&& saved.envelope().created() < oldest) {
			old++;
		}
		return old;
	}

	/**
	 * Return the history after a position.
	 * @param after the position, or {@code null} for the whole history
	 * @return the history
	 */
	History after(@Nullable Position after) {
		Position start = this.kept.isEmpty() ? this.end : this.kept.get(0).before();
		if (after == null || after.epoch() != this.end.epoch() || after.offset() < start.offset()) {
			return history(start, this.kept, after == null && !this.broken);
		}
		if (after.offset() >= this.end.offset()) {
			return history(this.end, List.of(), after.equals(this.end));
		}
		int passed = (int) (after.offset() - start.offset());
		Position found = (passed > 0) ? this.kept.get(passed - 1).position() : start;
		return history(found, this.kept.subList(passed, this.kept.size()), after.equals(found));
	}

	private History history(Position start, List<Arrival.Placed> entries, boolean complete) {
		List<BrokerMessage> messages = new ArrayList<>(entries.size());
		for (Arrival.Placed entry : entries) {
			if (entry instanceof Arrival.Saved saved) {
				messages.add(new BrokerMessage(saved.envelope().publication(this.group, true), saved.position()));
			}
		}
		boolean readable = messages.size() == entries.size();
		return new History(readable ? start : null, Collections.unmodifiableList(messages), this.end,
				complete && readable);
	}

}
