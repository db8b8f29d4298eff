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

import java.util.UUID;

/**
 * A place in the saved messages of one group. It names the last message before that
 * place.
 *
 * @param epoch identifies the sequence of offsets. A group that has lost its offsets
 * continues with another epoch
 * @param offset the offset of the last message, or 0 if there was none
 * @param id the low 64 bits of the id of that message, or 0 if there was none. Two
 * different messages at the same offset have different ids
 * @author Nexios Team
 * @since 0.1.0
 */
public record Position(long epoch, long offset, long id) {

	/**
	 * Return the position before the first message.
	 * @param epoch the epoch of the group
	 * @return the position
	 */
	public static Position start(long epoch) {
		return new Position(epoch, 0, 0);
	}

	/**
	 * Return the position after this one.
	 * @param message the id of the message that comes next
	 * @return the position of that message
	 */
	public Position next(UUID message) {
		return new Position(this.epoch, this.offset + 1, message.getLeastSignificantBits());
	}

}
