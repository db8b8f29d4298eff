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

package io.nexios.ws.broker.redis.lettuce;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * Changes of one kind that are one request. Redis confirms each channel of a request by
 * itself.
 *
 * @param kind the kind of the changes
 * @param changes the changes
 * @author Nexios Team
 */
record ChannelBatch(ChannelChange.Kind kind, List<ChannelChange> changes) {

	private static final int MAX_CHANNELS = 512;

	/**
	 * Take the next changes from a queue, as many as may be one request.
	 * @param queue the queue
	 * @return the batch, or {@code null} if the queue is empty
	 */
	static @Nullable ChannelBatch take(Queue<ChannelChange> queue) {
		ChannelChange next = queue.poll();
		if (next == null) {
			return null;
		}
		ChannelBatch batch = new ChannelBatch(next.kind(), new ArrayList<>(List.of(next)));
		next = queue.peek();
		while (next != null && batch.hasRoomFor(next)) {
			batch.changes.add(queue.remove());
			next = queue.peek();
		}
		return batch;
	}

	private boolean hasRoomFor(ChannelChange change) {
		return change.kind() == this.kind && size() + change.channels().size() <= MAX_CHANNELS;
	}

	int size() {
		return this.changes.stream().mapToInt((change) -> change.channels().size()).sum();
	}

	String[] channels() {
		return this.changes.stream().flatMap((change) -> change.channels().stream()).toArray(String[]::new);
	}

}
