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
 * One subscription of a group at the broker. All joins that come while it is being made
 * share it. It fails if the broker does not answer in time, and the next join makes
 * another one.
 *
 * @author Nexios Team
 */
public final class Subscription {

	private final CompletableFuture<Position> ready = new CompletableFuture<>();

	/**
	 * Return the stage for the joins that wait.
	 * @return completes when channels may become members
	 */
	public CompletableFuture<Position> ready() {
		return this.ready;
	}

}
