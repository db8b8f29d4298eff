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

package io.nexios.ws.server.group.delivery;

import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Present;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a join asks for.
 *
 * @param history whether the member gets the history, unless it resumes
 * @param resuming whether the member resumes
 * @param position where its client is, or {@code null} if the client has sent no valid
 * position
 * @param token the position of the handshake that this join uses up, or {@code null}
 * @param positions whether the member gets positions
 * @param present how the member is listed, or {@code null} if it is not listed
 * @author Nexios Team
 */
public record JoinRequest(boolean history, boolean resuming, @Nullable Position position, @Nullable String token,
		boolean positions, @Nullable Present present) {

	Position required() {
		Assert.state(this.position != null, "The client has sent no position");
		return this.position;
	}

	/**
	 * Return whether the client is ahead of this node.
	 * @param last the position up to which this node has delivered
	 * @return whether the client's position comes after it
	 */
	boolean isAheadOf(Position last) {
		return this.position != null && this.position.epoch() == last.epoch() && this.position.offset() > last.offset();
	}

	/**
	 * Return whether the member may need messages from before it was added.
	 * @param last the position up to which this node has delivered
	 * @return whether it may need them
	 */
	boolean needsHistory(Position last) {
		boolean behind = this.position != null && this.position.epoch() == last.epoch()
				&& this.position.offset() < last.offset();
		return behind || (this.history && !last.equals(this.position));
	}

}
