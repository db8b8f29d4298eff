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

import io.nexios.ws.broker.Position;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the last messages that were read from the stream, at most 256. The channel
 * may still deliver these messages.
 *
 * @author Nexios Team
 */
final class RepairedIds {

	private static final int MAX = 256;

	private long @Nullable [] ids;

	private long first;

	private long last;

	void clear() {
		this.ids = null;
	}

	void add(Position position) {
		long[] ids = (this.ids != null) ? this.ids : new long[MAX];
		if (this.ids == null) {
			this.first = position.offset();
		}
		this.ids = ids;
		ids[(int) (position.offset() % MAX)] = position.id();
		this.last = position.offset();
		this.first = Math.max(this.first, this.last - MAX + 1);
	}

	/**
	 * Return whether another message was read at an offset.
	 * @param position a position in the epoch of the messages
	 * @return whether the message at this offset is known and has another id
	 */
	boolean contradict(Position position) {
		long[] ids = this.ids;
		return ids != null && position.offset() >= this.first && position.offset() <= this.last
				&& ids[(int) (position.offset() % MAX)] != position.id();
	}

}
