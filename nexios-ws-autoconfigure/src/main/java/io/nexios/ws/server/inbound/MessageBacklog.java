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

package io.nexios.ws.server.inbound;

import java.util.ArrayDeque;

import io.nexios.ws.WSMessage;
import org.jspecify.annotations.Nullable;

/**
 * Holds the messages that wait for the handler, and knows how full the queue is.
 * <p>
 * Guarded by the lock of its queue.
 *
 * @author Nexios Team
 */
final class MessageBacklog {

	private static final int LOW_WATER_DIVISOR = 4;

	private final int maxMessages;

	private final int maxBytes;

	private @Nullable ArrayDeque<Entry> entries;

	private int bytes;

	MessageBacklog(InboundLimits limits) {
		this.maxMessages = limits.maxMessages();
		this.maxBytes = limits.maxBytes();
	}

	void add(WSMessage message, int size) {
		if (this.entries == null) {
			this.entries = new ArrayDeque<>(4);
		}
		this.entries.add(new Entry(message, size));
		this.bytes += size;
	}

	@Nullable WSMessage poll() {
		Entry entry = (this.entries != null) ? this.entries.poll() : null;
		if (entry == null) {
			return null;
		}
		this.bytes -= entry.size();
		return entry.message();
	}

	void clear() {
		this.entries = null;
		this.bytes = 0;
	}

	boolean isEmpty() {
		return size() == 0;
	}

	/**
	 * Return whether reading has to pause.
	 * @return whether a limit is reached
	 */
	boolean isFull() {
		return size() >= this.maxMessages || this.bytes >= this.maxBytes;
	}

	/**
	 * Return whether reading can resume.
	 * @return whether at most a quarter of each limit is used
	 */
	boolean isLow() {
		return size() <= this.maxMessages / LOW_WATER_DIVISOR && this.bytes <= this.maxBytes / LOW_WATER_DIVISOR;
	}

	int size() {
		return (this.entries != null) ? this.entries.size() : 0;
	}

	int bytes() {
		return this.bytes;
	}

	private record Entry(WSMessage message, int size) {

	}

}
