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

package io.nexios.ws.broker.redis.observer;

import io.nexios.ws.broker.GroupBroker.Loss.Reason;

/**
 * Is told what the groups do with Redis. The methods are called by any thread, must not
 * block and must not throw exceptions. By default they do nothing.
 *
 * @author Nexios Team
 */
public interface RedisObserver {

	/**
	 * An observer that does nothing.
	 */
	RedisObserver NONE = new RedisObserver() {

	};

	/**
	 * A publication has an outcome.
	 * @param outcome the outcome
	 * @param nanos the time since the call in nanoseconds
	 */
	default void published(PublishOutcome outcome, long nanos) {
	}

	/**
	 * A connection was opened after one had ended.
	 * @param connection {@code publish}, {@code commands} or {@code subscribe}
	 */
	default void reconnected(String connection) {
	}

	/**
	 * The subscriber did not receive the probe.
	 */
	default void probeFailed() {
	}

	/**
	 * A group has begun to read missing messages from its stream.
	 */
	default void repairing() {
	}

	/**
	 * Missing messages were read from a stream.
	 * @param messages the number of messages
	 */
	default void repaired(int messages) {
	}

	/**
	 * A loss was reported.
	 * @param reason why messages may be missing
	 */
	default void lost(Reason reason) {
	}

	/**
	 * Something that is not a message, or an unsaved message for which there was no
	 * memory, was not delivered.
	 */
	default void ignored() {
	}

	/**
	 * How a publication has ended.
	 */
	enum PublishOutcome {

		/**
		 * Redis has accepted the message.
		 */
		ACCEPTED,

		/**
		 * The message was not sent.
		 */
		UNAVAILABLE,

		/**
		 * It is not known whether Redis has accepted the message.
		 */
		UNKNOWN,

		/**
		 * Too many messages were waiting.
		 */
		OVERLOADED

	}

}
