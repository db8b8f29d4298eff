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

package io.nexios.ws.broker.redis.publish;

import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.redis.observer.RedisObserver.PublishOutcome;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

/**
 * How a publication ends.
 *
 * @param kind the kind
 * @param acceptance what Redis has answered, if it has accepted the message
 * @param failure what the caller gets otherwise
 * @author Nexios Team
 */
record Outcome(PublishOutcome kind, @Nullable Acceptance acceptance, @Nullable GroupsUnavailableException failure) {

	static Outcome accepted(long offset, boolean subscribed) {
		return new Outcome(PublishOutcome.ACCEPTED, new Acceptance(offset, subscribed), null);
	}

	static Outcome unavailable(String reason, @Nullable Throwable cause) {
		return new Outcome(PublishOutcome.UNAVAILABLE, null, new GroupsUnavailableException(reason, cause));
	}

	static Outcome unknown(String reason, @Nullable Throwable cause) {
		return new Outcome(PublishOutcome.UNKNOWN, null, new SendOutcomeUnknownException(reason, cause));
	}

	static Outcome overloaded() {
		return new Outcome(PublishOutcome.OVERLOADED, null,
				new GroupsUnavailableException("Too many messages wait for Redis", null));
	}

	/**
	 * Return the outcome of a publication that is given up.
	 * @param message the publication
	 * @param reason why it is given up
	 * @param cause the failure, or {@code null}
	 * @return the outcome
	 */
	static Outcome givenUp(Pending message, String reason, @Nullable Throwable cause) {
		if (message.state == Pending.State.ASKING) {
			return accepted(0, true);
		}
		return message.isUncertain() ? unknown(reason, cause) : unavailable(reason, cause);
	}

}
