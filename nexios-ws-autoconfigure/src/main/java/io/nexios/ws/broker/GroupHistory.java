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

package io.nexios.ws.broker;

import java.util.ArrayDeque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The saved messages of one group and the positions around them. The position before the
 * oldest message is kept, so that a reader at this position knows that it misses nothing.
 * Offsets have no gap, so an offset also tells the place of a message.
 *
 * @author Nexios Team
 */
final class GroupHistory {

	private static final int INITIAL_CAPACITY = 2;

	private ArrayDeque<SavedMessage> messages = new ArrayDeque<>(INITIAL_CAPACITY);

	private Position start;

	private Position end;

	private long bytes;

	GroupHistory(Position position) {
		this.start = position;
		this.end = position;
	}

	Position end() {
		return this.end;
	}

	long bytes() {
		return this.bytes;
	}

	int size() {
		return this.messages.size();
	}

	boolean isEmpty() {
		return this.messages.isEmpty();
	}

	@Nullable SavedMessage oldest() {
		return this.messages.peekFirst();
	}

	void add(SavedMessage message) {
		this.messages.addLast(message);
		this.bytes += message.size();
		this.end = message.position();
	}

	SavedMessage removeOldest() {
		SavedMessage oldest = this.messages.removeFirst();
		this.bytes -= oldest.size();
		this.start = oldest.position();
		if (this.messages.isEmpty()) {
			this.messages = new ArrayDeque<>(INITIAL_CAPACITY);
		}
		return oldest;
	}

	List<BrokerMessage> messages() {
		return this.messages.stream().map(SavedMessage::message).toList();
	}

	GroupBroker.History after(@Nullable Position after) {
		if (after == null || after.epoch() != this.end.epoch() || after.offset() < this.start.offset()) {
			return new GroupBroker.History(this.start, messages(), this.end, after == null);
		}
		if (after.offset() >= this.end.offset()) {
			return new GroupBroker.History(this.end, List.of(), this.end, after.equals(this.end));
		}
		long passed = after.offset() - this.start.offset();
		Position found = (passed > 0) ? at(passed - 1) : this.start;
		List<BrokerMessage> rest = this.messages.stream().skip(passed).map(SavedMessage::message).toList();
		return new GroupBroker.History(found, rest, this.end, after.equals(found));
	}

	private Position at(long index) {
		return this.messages.stream().skip(index).findFirst().orElseThrow().position();
	}

}
