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

import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.server.transport.OutboundFrame;

/**
 * What waits for a member that is joining, in its order. It has the same limits as the
 * outbound queue of the member's connection.
 * <p>
 * Guarded by the lock of its member.
 *
 * @author Nexios Team
 */
final class MemberBacklog {

	private final List<Entry> entries = new ArrayList<>(4);

	private final long maxBytes;

	private final int maxMessages;

	private long bytes;

	private int reserved;

	// The index from which notices may be replaced
	private int replaceable;

	MemberBacklog(long maxBytes, int maxMessages) {
		this.maxBytes = maxBytes;
		this.maxMessages = maxMessages;
	}

	/**
	 * Count frames that are sent before the backlog.
	 * @param frames the frames
	 * @return whether there is room for them
	 */
	boolean reserve(List<OutboundFrame> frames) {
		frames.forEach((frame) -> this.bytes += frame.size());
		this.reserved = frames.size();
		return this.bytes <= this.maxBytes && this.reserved + this.entries.size() <= this.maxMessages;
	}

	/**
	 * Add a frame. An empty backlog has room for any frame, as an empty outbound queue.
	 * @param frame the frame
	 * @return whether there was room
	 */
	boolean add(OutboundFrame frame) {
		boolean full = this.reserved + this.entries.size() >= this.maxMessages;
		if (full || (this.bytes > 0 && this.bytes + frame.size() > this.maxBytes)) {
			return false;
		}
		this.bytes += frame.size();
		this.entries.add(new Entry(frame, false));
		return true;
	}

	/**
	 * Add the notice that an item was dropped. A notice directly before it is replaced,
	 * so that there is one for each run of dropped items.
	 * @param item the item
	 * @return whether a new run has begun
	 */
	boolean addDropped(GroupItem item) {
		int last = this.entries.size() - 1;
		boolean begun = last < this.replaceable || !this.entries.get(last).dropped();
		if (!begun) {
			this.entries.remove(last);
		}
		this.entries.add(new Entry(item.droppedFrame(), true));
		return begun;
	}

	/**
	 * Keep all entries, also a notice at the end.
	 * @return the number of entries
	 */
	int mark() {
		this.replaceable = this.entries.size();
		return this.replaceable;
	}

	/**
	 * Return frames in their order.
	 * @param first the index of the first one
	 * @return the frames from there
	 */
	List<OutboundFrame> frames(int first) {
		return this.entries.subList(first, this.entries.size()).stream().map(Entry::frame).toList();
	}

	/**
	 * A frame that waits.
	 *
	 * @param frame a frame, or the notice that frames were dropped
	 * @param dropped whether it is such a notice
	 */
	private record Entry(OutboundFrame frame, boolean dropped) {

	}

}
