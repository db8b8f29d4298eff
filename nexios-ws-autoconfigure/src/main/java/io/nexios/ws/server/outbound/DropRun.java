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

package io.nexios.ws.server.outbound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

/**
 * The notices of messages that were dropped one after the other. There is one for each
 * topic: that of the latest message. Their order does not matter, because no message is
 * between them. A run ends at an undroppable frame.
 * <p>
 * Guarded by the lock of its queue.
 *
 * @author Nexios Team
 */
final class DropRun implements QueuedMessages.Entry {

	private final Map<String, OutboundFrame> notices = new LinkedHashMap<>(2);

	private long queuedAt;

	/**
	 * Add the notice of a message that was dropped after all others of the run.
	 * @param topic the topic of the message
	 * @param notice the notice
	 * @param queuedAt the write time when the message was added
	 * @return the notice of this topic that it replaces, or {@code null} if there is none
	 */
	@Nullable OutboundFrame put(String topic, OutboundFrame notice, long queuedAt) {
		this.queuedAt = queuedAt;
		return this.notices.put(topic, notice);
	}

	/**
	 * Return whether there is a notice of a topic.
	 * @param topic the topic
	 * @return whether there is
	 */
	boolean has(String topic) {
		return this.notices.containsKey(topic);
	}

	/**
	 * Add the notices of a later run, because all messages in between were dropped.
	 * @param later the other run
	 * @return the notices that are replaced
	 */
	List<OutboundFrame> append(DropRun later) {
		List<OutboundFrame> replaced = new ArrayList<>();
		later.notices.forEach((topic, notice) -> {
			OutboundFrame earlier = put(topic, notice, later.queuedAt);
			if (earlier != null) {
				replaced.add(earlier);
			}
		});
		return replaced;
	}

	/**
	 * Return how long the run has been waiting: as long as its latest message would have.
	 * @return the write time when that message was added
	 */
	@Override
	public long queuedAt() {
		return this.queuedAt;
	}

	@Override
	public int bytes() {
		int bytes = 0;
		for (OutboundFrame notice : this.notices.values()) {
			bytes += notice.size();
		}
		return bytes;
	}

	@Override
	public List<OutboundFrame> frames() {
		return List.copyOf(this.notices.values());
	}

}
