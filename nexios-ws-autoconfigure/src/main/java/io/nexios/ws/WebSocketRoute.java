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

import java.util.List;

import org.springframework.util.Assert;

/**
 * A path and the handler for connections to this path. A route can be added to a router.
 * It can also be declared as a bean without a router.
 * <p>
 * A path is a Spring {@link org.springframework.web.util.pattern.PathPattern}:
 * <code>/chat/{room}</code>, <code>/v{version:[0-9]+}/feed</code>,
 * <code>/files/{*rest}</code>. A variable may name a converter instead of a regular
 * expression: <code>{id:int}</code>, <code>{x:float}</code>, <code>{id:uuid}</code>,
 * <code>{name:slug}</code>, <code>{name:str}</code> and, as the last segment,
 * <code>{rest:path}</code>. If a value of a request does not convert, the request does
 * not match.
 *
 * @param path the path, relative to the router to which the route is added
 * @param handler the handler
 * @param middleware the middleware of this route, the outermost first
 * @author Nexios Team
 * @since 0.1.0
 */
public record WebSocketRoute(String path, WSHandler handler, List<WSMiddleware> middleware) {

	public WebSocketRoute {
		Assert.notNull(path, "A route has no path: pass one, for example \"/chat\"");
		Assert.notNull(handler, () -> "Route '" + path + "' has no handler: pass a WSHandler");
		Assert.noNullElements(middleware, () -> "Route '" + path + "' has a middleware that is null");
		middleware = List.copyOf(middleware);
	}

	/**
	 * Create a route without middleware.
	 * @param path the path
	 * @param handler the handler
	 */
	public WebSocketRoute(String path, WSHandler handler) {
		this(path, handler, List.of());
	}

}
