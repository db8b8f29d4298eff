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
 * Gets the events of the server, to measure them. Each method is called on the thread of
 * the event, which may be a thread of the container. So implementations must be quick and
 * must not throw exceptions.
 *
 * @author Nexios Team
 */
public interface ServerObserver {

	/**
	 * Does not measure anything.
	 */
	ServerObserver NONE = new ServerObserver() {
	};

	/**
	 * Return an observer that passes events to others.
	 * @param observers the others, in the order in which they are called
	 * @return the observer
	 */
	static ServerObserver of(List<ServerObserver> observers) {
		return switch (observers.size()) {
			case 0 -> NONE;
			case 1 -> observers.get(0);
			default -> new CompositeServerObserver(observers);
		};
	}

	/**
	 * A handshake was answered.
	 * @param route the path of the route, as it was declared, or {@code null} if there is
	 * none
	 * @param status the HTTP status, 101 for a connection
	 */
	default void handshakeAnswered(@Nullable String route, int status) {
	}

	/**
	 * A handshake was refused because of a limit or because the server is stopping. This
	 * happens before its handler is called, or when the handler accepts it for a user who
	 * has reached the limit.
	 * @param reason the reason
	 */
	default void handshakeRefused(Refusal reason) {
	}

	/**
	 * A message to a group was delivered to the members on this node.
	 * @param deliveries the number of members that it was offered to
	 */
	default void groupDelivered(int deliveries) {
	}

	/**
	 * Messages of a group were lost before this node could deliver them.
	 * @param reason the reason, one of a short list: {@code retention}, {@code epoch},
	 * {@code fork} or {@code unreadable}
	 */
	default void groupContinuityLost(String reason) {
	}

	/**
	 * A member has asked to go on from a position in its group.
	 * @param recovered whether it gets everything that came after the position
	 */
	default void groupResumed(boolean recovered) {
	}

	/**
	 * Something has happened to a ticket for a handshake.
	 * @param outcome what, one of a short list: {@code issued}, {@code redeemed},
	 * {@code refused} or {@code unreadable}
	 */
	default void ticket(String outcome) {
	}

	/**
	 * Return an observer for a connection of a route. Called once for each connection.
	 * @param route the path of the route, as it was declared
	 * @return the observer of a connection
	 */
	default ConnectionObserver connection(String route) {
		return ConnectionObserver.NONE;
	}

}
