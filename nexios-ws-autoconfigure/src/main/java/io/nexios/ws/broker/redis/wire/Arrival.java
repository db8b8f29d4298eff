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

package io.nexios.ws.broker.redis.wire;

import io.nexios.ws.broker.Position;

/**
 * What a channel or a stream of Redis contains. The size is the number of bytes in Redis.
 *
 * @author Nexios Team
 */
public sealed interface Arrival {

	/**
	 * A message without a place.
	 *
	 * @param envelope the message
	 * @param size the number of bytes
	 */
	record Unsaved(Envelope envelope, int size) implements Arrival {

	}

	/**
	 * Something with a place in the order of its group.
	 */
	sealed interface Placed extends Arrival {

		/**
		 * Return the place.
		 * @return the place
		 */
		Position position();

		/**
		 * Return the id of the message before it.
		 * @return the low 64 bits of the id, or 0 if there was none
		 */
		long previous();

		/**
		 * Return the number of bytes.
		 * @return the number of bytes
		 */
		int size();

		/**
		 * Return the position after which this is the next one.
		 * @return the position
		 */
		default Position before() {
			return new Position(position().epoch(), position().offset() - 1, previous());
		}

	}

	/**
	 * A saved message.
	 *
	 * @param position the place
	 * @param previous the id of the message before it
	 * @param envelope the message
	 * @param size the number of bytes
	 */
	record Saved(Position position, long previous, Envelope envelope, int size) implements Placed {

	}

	/**
	 * A saved message of a later version, or one that is malformed.
	 *
	 * @param position the place
	 * @param previous the id of the message before it
	 * @param size the number of bytes
	 */
	record Unreadable(Position position, long previous, int size) implements Placed {

	}

	/**
	 * Something that is not a message, or whose place is not known. It is ignored.
	 */
	record Foreign() implements Arrival {

	}

	/**
	 * One or more saved messages that have been dropped here to save memory. They can be
	 * read from the stream.
	 */
	record Dropped() implements Arrival {

	}

}
