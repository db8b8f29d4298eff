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

import java.util.concurrent.CompletableFuture;

import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import org.jspecify.annotations.Nullable;

/**
 * A publication without an outcome. The lock of the {@link Outbox} guards the fields that
 * change. <pre>
 * QUEUED ──► SENT ──► DONE
 *    ▲         │ └──► ASKING ──► DONE
 *    └─────────┘
 * </pre> It goes back from SENT to QUEUED when its connection has ended, if it is saved.
 * It may be done in every state.
 *
 * @author Nexios Team
 */
final class Pending {

	// For the objects that belong to a publication
	private static final int OVERHEAD_BYTES = 200;

	final CompletableFuture<Acceptance> result = new CompletableFuture<>();

	final String group;

	final GroupKeys keys;

	final byte[] content;

	/**
	 * How the message is saved, or {@code null} if it is not saved.
	 */
	final @Nullable Saving saving;

	State state = State.QUEUED;

	/**
	 * When it was queued, in the scale of the time source.
	 */
	long since;

	/**
	 * The number of this message among all saved messages of this node.
	 */
	long sequence;

	/**
	 * Whether it was sent on a connection that has ended without an answer.
	 */
	boolean doubtful;

	/**
	 * The connection on which it was sent last.
	 */
	@Nullable Line line;

	/**
	 * The neighbours in the {@link GroupOrder}.
	 */
	@Nullable Pending before;

	@Nullable Pending after;

	Pending(String group, GroupKeys keys, byte[] content, @Nullable Saving saving) {
		this.group = group;
		this.keys = keys;
		this.content = content;
		this.saving = saving;
	}

	boolean isSaved() {
		return this.saving != null;
	}

	int size() {
		return this.content.length + 2 * this.group.length() + OVERHEAD_BYTES;
	}

	/**
	 * Return whether Redis may have executed it, or may still execute it.
	 * @return whether the outcome is unknown if there is no answer
	 */
	boolean isUncertain() {
		return this.doubtful || this.state == State.SENT;
	}

	enum State {

		/**
		 * Waits for a connection, or to be written.
		 */
		QUEUED,

		/**
		 * Was sent, and has no answer.
		 */
		SENT,

		/**
		 * Was published to nobody. Redis is asked whether a node asks for the group.
		 */
		ASKING,

		/**
		 * Has an outcome.
		 */
		DONE

	}

}
