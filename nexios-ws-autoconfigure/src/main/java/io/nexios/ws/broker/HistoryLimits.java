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

import java.time.Duration;

/**
 * Limits of histories. When a limit is exceeded, the oldest messages are dropped.
 *
 * @param maxMessages the maximum number of messages of one group
 * @param maxBytes the maximum size of the messages of one group
 * @param ttl the maximum age of a message
 * @param totalMaxBytes the maximum size of the messages of all groups
 * @author Nexios Team
 * @since 0.1.0
 */
public record HistoryLimits(int maxMessages, long maxBytes, Duration ttl, long totalMaxBytes) {

	// Memory for objects, links, and the id and time of the message. Also the envelope of
	// members with positions, without the name of the group
	private static final int OVERHEAD_BYTES = 250;

	/**
	 * Return the size of a message that counts in these limits.
	 * @param publication the message
	 * @return the number of bytes
	 */
	public static long sizeOf(Publication publication) {
		return publication.payload().size() + (long) OVERHEAD_BYTES + WireSize.ofText(publication.group());
	}

}
