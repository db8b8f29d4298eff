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

package io.nexios.ws.server.group;

import java.util.concurrent.CompletableFuture;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.server.group.delivery.Member;
import org.jspecify.annotations.Nullable;

/**
 * A channel in a group, from the beginning of its join.
 *
 * @author Nexios Team
 */
final class Membership {

	private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final Channel channel;

	private final String group;

	// Guarded by the lock of the connection's entry
	private @Nullable Member member;

	Membership(Channel channel, String group) {
		this.channel = channel;
		this.group = group;
	}

	Channel channel() {
		return this.channel;
	}

	String group() {
		return this.group;
	}

	/**
	 * Return the stage for other joins of the same channel.
	 * @return completes with whether the channel is a member
	 */
	CompletableFuture<Boolean> outcome() {
		return this.outcome;
	}

	/**
	 * Return the stage for the join itself.
	 * @return completes if the connection ends during the join, or when the join has
	 * succeeded
	 */
	CompletableFuture<Void> ended() {
		return this.ended;
	}

	@Nullable Member member() {
		return this.member;
	}

	void joined(Member member) {
		this.member = member;
	}

}
