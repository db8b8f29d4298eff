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

import java.util.concurrent.CompletableFuture;

import io.nexios.ws.broker.Position;

/**
 * A position that the client of a new member has, and that the group has not reached on
 * this node.
 *
 * @author Nexios Team
 */
public final class Awaited {

	private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

	private final Position position;

	private int skipped;

	Awaited(Position position) {
		this.position = position;
	}

	/**
	 * Return whether an item decides about the position.
	 * @param item an item of the group
	 * @return whether the position is reached, or cannot be reached any more
	 */
	boolean isDecidedBy(GroupItem item) {
		return !this.outcome.isDone() && (item.isLoss() || item.reached().offset() >= this.position.offset());
	}

	/**
	 * An item has decided about the position.
	 * @param item the item
	 * @param backlogged how many entries the backlog has up to this item
	 */
	void decide(GroupItem item, int backlogged) {
		this.skipped = backlogged;
		this.outcome.complete(!item.isLoss() && item.reached().equals(this.position));
	}

	/**
	 * Return whether the group has reached exactly this position.
	 * @return completes with whether the message there is the one that the client has
	 */
	public CompletableFuture<Boolean> outcome() {
		return this.outcome;
	}

	/**
	 * Return how many entries of the backlog the client has already.
	 * @return the number, if the position was reached
	 */
	public int skipped() {
		return this.skipped;
	}

}
