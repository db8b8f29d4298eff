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

package io.nexios.ws.channel;

/**
 * The outcome of joining a group.
 *
 * @param status whether the channel was added
 * @param recovery whether the channel goes on where its client was
 * @param missed how many messages the channel gets that its client has missed, 0 unless
 * it is recovered
 * @param position the position from which what follows goes on, or empty if the channel
 * was not added or the broker does not know the position. See
 * {@link JoinOptions#resumeFrom}
 * @author Nexios Team
 * @since 0.1.0
 */
public record JoinResult(ChannelAddStatus status, Recovery recovery, int missed, String position) {

	/**
	 * Whether a client goes on where it was.
	 */
	public enum Recovery {

		/**
		 * The join did not ask for it.
		 */
		NOT_ASKED,

		/**
		 * The channel gets every saved message that its client has missed.
		 */
		RECOVERED,

		/**
		 * The channel gets none of the messages that its client has missed, because some
		 * of them may be gone. The client has to load its state again.
		 */
		NOT_RECOVERED

	}

}
