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

package io.nexios.ws;

/**
 * Runs around a {@link WSHandler}. Middleware may inspect the handshake and reject it,
 * pass a {@link WebSocketDecorator} to {@code next}, or not call {@code next} at all.
 * <p>
 * The order from the outside in is: {@code WSMiddleware} beans in their
 * {@link org.springframework.core.annotation.Order}, the middleware of a router before
 * that of a router mounted in it, the middleware of the route, the handler. Within one
 * router or route, the middleware that was added first is the outermost.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@FunctionalInterface
public interface WSMiddleware {

	/**
	 * Handle the connection, usually by calling {@code next.handle(ws)}.
	 * @param ws the connection, usually not accepted yet
	 * @param next the rest of the chain, which returns when the handler returns
	 * @throws Exception any failure, treated as if the handler had thrown it
	 */
	void handle(WebSocket ws, WSHandler next) throws Exception;

}
