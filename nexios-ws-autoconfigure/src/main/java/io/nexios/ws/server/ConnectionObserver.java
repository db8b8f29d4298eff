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

package io.nexios.ws.server;

import java.time.Duration;

/**
 * Is told what happens on connections of one route. Called on whatever thread it happens
 * on, also the container's: implementations are quick and do not throw.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface ConnectionObserver {

	/**
	 * Does not measure anything.
	 */
	ConnectionObserver NONE = new ConnectionObserver() {

		@Override
		public boolean isTiming() {
			return false;
		}

	};

	/**
	 * Return whether times are measured, which takes reading the clock.
	 * @return whether {@link #handled} is wanted
	 */
	default boolean isTiming() {
		return true;
	}

	/**
	 * A connection has opened.
	 */
	default void opened() {
	}

	/**
	 * A connection that had opened has ended.
	 * @param code the close code, 1006 if there was none
	 * @param lifetime how long it was open
	 */
	default void closed(int code, Duration lifetime) {
	}

	/**
	 * A message was received completely.
	 * @param bytes its size
	 */
	default void received(int bytes) {
	}

	/**
	 * A handler or consumer has dealt with a message.
	 * @param nanos how long it took until it asked for the next one or returned
	 */
	default void handled(long nanos) {
	}

	/**
	 * Messages were handed to the operating system.
	 * @param messages their number
	 * @param bytes their size
	 */
	default void sent(int messages, int bytes) {
	}

	/**
	 * Messages were dropped because the peer does not read as fast as they come.
	 * @param messages their number
	 */
	default void dropped(int messages) {
	}

	/**
	 * Reading from the peer goes on after it was paused, because the handler is slow.
	 * @param nanos for how long
	 */
	default void resumed(long nanos) {
	}

	/**
	 * The peer has exceeded a limit, and its connection is closed for it.
	 * @param limit the limit
	 */
	default void limitExceeded(Limit limit) {
	}

	/**
	 * A ping was answered.
	 * @param nanos the round-trip time
	 */
	default void answered(long nanos) {
	}

}
