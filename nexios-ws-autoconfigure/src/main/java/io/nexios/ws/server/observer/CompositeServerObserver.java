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

package io.nexios.ws.server.observer;

import java.util.List;

import io.nexios.ws.server.limit.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of the server to several observers.
 *
 * @author Nexios Team
 */
final class CompositeServerObserver implements ServerObserver {

	private final List<ServerObserver> observers;

	CompositeServerObserver(List<ServerObserver> observers) {
		this.observers = List.copyOf(observers);
	}

	@Override
	public void handshakeAnswered(@Nullable String route, int status) {
		this.observers.forEach((observer) -> observer.handshakeAnswered(route, status));
	}

	@Override
	public void handshakeRefused(Refusal reason) {
		this.observers.forEach((observer) -> observer.handshakeRefused(reason));
	}

	@Override
	public void groupDelivered(int deliveries) {
		this.observers.forEach((observer) -> observer.groupDelivered(deliveries));
	}

	@Override
	public void groupContinuityLost(String reason) {
		this.observers.forEach((observer) -> observer.groupContinuityLost(reason));
	}

	@Override
	public void groupResumed(boolean recovered) {
		this.observers.forEach((observer) -> observer.groupResumed(recovered));
	}

	@Override
	public void ticket(String outcome) {
		this.observers.forEach((observer) -> observer.ticket(outcome));
	}

	@Override
	public ConnectionObserver connection(String route) {
		List<ConnectionObserver> connections = this.observers.stream()
			.map((observer) -> observer.connection(route))
			.filter((connection) -> connection != ConnectionObserver.NONE)
			.toList();
		return switch (connections.size()) {
			case 0 -> ConnectionObserver.NONE;
			case 1 -> connections.get(0);
			default -> new CompositeConnectionObserver(connections);
		};
	}

}
