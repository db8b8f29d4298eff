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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.Assert;

/**
 * A set of routes under a common prefix, with common middleware. A router can be mounted
 * in another router. The application serves every router bean that no other router
 * mounts.
 * <p>
 * One thread configures a router before the application starts. Afterwards the router
 * cannot be changed.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class WSRouter {

	private static final Log logger = LogFactory.getLog("io.nexios.ws.routes");

	private final String prefix;

	private final List<WebSocketRoute> routes = new ArrayList<>();

	private final List<WSMiddleware> middleware = new ArrayList<>();

	private final Map<WSRouter, String> mounts = new LinkedHashMap<>();

	private volatile boolean started;

	/**
	 * Create a router at the root.
	 */
	public WSRouter() {
		this("");
	}

	/**
	 * Create a router at a prefix.
	 * @param prefix a path that begins with a slash, and may have variables
	 */
	public WSRouter(String prefix) {
		this(prefix, List.of());
	}

	/**
	 * Create a router at the root.
	 * @param routes its routes
	 */
	public WSRouter(WebSocketRoute... routes) {
		this("", List.of(routes));
	}

	/**
	 * Create a router at the root.
	 * @param routes its routes
	 */
	public WSRouter(Collection<WebSocketRoute> routes) {
		this("", routes);
	}

	/**
	 * Create a router at a prefix.
	 * @param prefix a path that begins with a slash, and may have variables
	 * @param routes its routes
	 */
	public WSRouter(String prefix, Collection<WebSocketRoute> routes) {
		this.prefix = withLeadingSlash(prefix);
		Assert.notNull(routes, "'routes' must not be null");
		routes.forEach(this::addWsRoute);
	}

	/**
	 * Add a route.
	 * @param route the route
	 * @return this router
	 */
	public WSRouter addWsRoute(WebSocketRoute route) {
		assertNotStarted();
		Assert.notNull(route, () -> "Router '" + this.prefix + "' does not accept a route that is null");
		this.routes.add(route);
		return this;
	}

	/**
	 * Add a route.
	 * @param path the path, in the syntax of {@link WebSocketRoute}
	 * @param handler the handler
	 * @param middleware the middleware of this route only, the outermost first
	 * @return this router
	 */
	public WSRouter addWsRoute(String path, WSHandler handler, WSMiddleware... middleware) {
		return addWsRoute(new WebSocketRoute(path, handler, List.of(middleware)));
	}

	/**
	 * Add middleware for all routes of this router and of the routers mounted in it. It
	 * applies to routes added before and after this call. The middleware that was added
	 * first is the outermost.
	 * @param middleware the middleware
	 * @return this router
	 */
	public WSRouter addWsMiddleware(WSMiddleware middleware) {
		assertNotStarted();
		Assert.notNull(middleware, () -> "Router '" + this.prefix + "' does not accept a middleware that is null");
		this.middleware.add(middleware);
		return this;
	}

	/**
	 * Mount a router below this one with its own prefix.
	 * @param child the router to mount
	 * @return this router
	 */
	public WSRouter mountRouter(WSRouter child) {
		Assert.notNull(child, () -> "Router '" + this.prefix + "' cannot mount a router that is null");
		return mountRouter(child, child.prefix);
	}

	/**
	 * Mount a router below this one.
	 * @param child the router to mount
	 * @param prefix the prefix to use instead of the child's own prefix
	 * @return this router
	 * @throws IllegalStateException if the child is already mounted in this router, or if
	 * this router is mounted in the child, directly or indirectly
	 */
	public WSRouter mountRouter(WSRouter child, String prefix) {
		assertNotStarted();
		Assert.notNull(child, () -> "Router '" + this.prefix + "' cannot mount a router that is null");
		Assert.state(!child.reaches(this), () -> "Mounting router '" + child.prefix + "' in router '" + this.prefix
				+ "' would create a cycle, because one of them is already mounted in the other");
		Assert.state(!this.mounts.containsKey(child),
				() -> "Router '" + child.prefix + "' is mounted twice in router '" + this.prefix + "'");
		this.mounts.put(child, withLeadingSlash(prefix));
		return this;
	}

	private boolean reaches(WSRouter router) {
		return this == router || this.mounts.keySet().stream().anyMatch((child) -> child.reaches(router));
	}

	/**
	 * Return this router's prefix.
	 * @return the prefix, empty for a router at the root
	 */
	public String prefix() {
		return this.prefix;
	}

	List<WebSocketRoute> routes() {
		return Collections.unmodifiableList(this.routes);
	}

	List<WSMiddleware> middleware() {
		return Collections.unmodifiableList(this.middleware);
	}

	Map<WSRouter, String> mounts() {
		return Collections.unmodifiableMap(this.mounts);
	}

	private static String withLeadingSlash(String prefix) {
		Assert.notNull(prefix, "The prefix of a router must not be null: pass \"\" for the root");
		if (prefix.isEmpty() || prefix.startsWith("/")) {
			return prefix;
		}
		logger.warn("Router prefix '" + prefix + "' has no leading slash. It is used as '/" + prefix + "'");
		return "/" + prefix;
	}

	/**
	 * Forbid further changes of this router and of the routers mounted in it. Called when
	 * the application starts to serve the router.
	 */
	void start() {
		this.started = true;
		this.mounts.keySet().forEach(WSRouter::start);
	}

	private void assertNotStarted() {
		Assert.state(!this.started, () -> "Router '" + this.prefix
				+ "' is already serving connections: add routes, middleware and routers before the application starts");
	}

}
