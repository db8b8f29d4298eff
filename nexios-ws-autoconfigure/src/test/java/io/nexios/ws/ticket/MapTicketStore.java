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

package io.nexios.ws.ticket;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.channel.GroupsUnavailableException;

/**
 * Keeps tickets in a map. A test can run something while a ticket is on its way.
 *
 * @author Nexios Team
 */
final class MapTicketStore implements TicketStore {

	private final Map<String, String> tickets = new ConcurrentHashMap<>();

	private boolean away;

	private Runnable beforePut = () -> {
	};

	private Runnable afterTake = () -> {
	};

	Map<String, String> tickets() {
		return this.tickets;
	}

	void setAway(boolean away) {
		this.away = away;
	}

	void beforePut(Runnable action) {
		this.beforePut = action;
	}

	void afterTake(Runnable action) {
		this.afterTake = action;
	}

	@Override
	public CompletionStage<Void> put(String ticket, String content, Duration timeToLive) {
		if (this.away) {
			return failed();
		}
		this.beforePut.run();
		this.tickets.put(ticket, content);
		return CompletableFuture.completedStage(null);
	}

	@Override
	public CompletionStage<Void> replace(String ticket, String content) {
		this.tickets.replace(ticket, content);
		return CompletableFuture.completedStage(null);
	}

	@Override
	public CompletionStage<Optional<String>> take(String ticket) {
		if (this.away) {
			return failed();
		}
		Optional<String> content = Optional.ofNullable(this.tickets.remove(ticket));
		this.afterTake.run();
		return CompletableFuture.completedStage(content);
	}

	@Override
	public CompletionStage<Void> remove(String ticket, Duration timeToLive) {
		this.tickets.remove(ticket);
		return CompletableFuture.completedStage(null);
	}

	private static <T> CompletionStage<T> failed() {
		return CompletableFuture.failedStage(new GroupsUnavailableException("away", null));
	}

}
