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

package io.nexios.ws.autoconfigure.routing;

import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.handshake.HandshakeCheck;
import io.nexios.ws.server.routing.RouteMatch;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;

/**
 * Maps handshakes to routes. It comes before all HTTP mappings, such as a controller on
 * the same path or a fallback for all remaining paths. It ignores all other requests.
 * Compared to the application's own WebSocket handlers, a route has the same precedence
 * as if it were one of them.
 *
 * @author Nexios Team
 */
public final class RouteHandlerMapping extends WebSocketHandlerMapping implements PriorityOrdered {

	private final WebSocketServer server;

	private final ForeignHandlers foreignHandlers;

	public RouteHandlerMapping(WebSocketServer server, RouteRegistrar registrar, ForeignHandlers foreignHandlers) {
		this.server = server;
		this.foreignHandlers = foreignHandlers;
		setUrlMap(registrar.register());
		setOrder(Ordered.HIGHEST_PRECEDENCE);
	}

	@Override
	protected @Nullable Object getHandlerInternal(HttpServletRequest request) throws Exception {
		return isHandshakeOfRoute(request) ? super.getHandlerInternal(request) : null;
	}

	private boolean isHandshakeOfRoute(HttpServletRequest request) throws Exception {
		if (!HandshakeCheck.isHandshake(request)) {
			return false;
		}
		RouteMatch match = this.server.match(request);
		return match != null && !this.foreignHandlers.precede(match.route().pattern(), request);
	}

}
