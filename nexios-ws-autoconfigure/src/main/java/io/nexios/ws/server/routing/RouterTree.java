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

package io.nexios.ws.server.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.nexios.ws.RouterInternals;
import io.nexios.ws.WSMiddleware;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocketRoute;

import org.springframework.util.StringUtils;

/**
 * A router with all routers that are mounted in it.
 *
 * @author Nexios Team
 */
public final class RouterTree extends RouterInternals {

	private final WSRouter router;

	public RouterTree(WSRouter router) {
		super(router);
		this.router = router;
	}

	/**
	 * Return this tree at the given prefix, which replaces the router's own prefix.
	 * @param prefix the prefix
	 * @return the tree of a router at the root that mounts this one
	 */
	public RouterTree at(String prefix) {
		return new RouterTree(new WSRouter().mountRouter(this.router, prefix));
	}

	/**
	 * Return the routers that are mounted in this one directly.
	 * @return the mounted routers, in the order of their mounting
	 */
	public Collection<WSRouter> mountedRouters() {
		return mounts().keySet();
	}

	/**
	 * Return all routes, each with its whole path and its whole middleware.
	 * @return the routes, the router's own routes before those of mounted routers
	 */
	public List<WebSocketRoute> resolve() {
		List<WebSocketRoute> resolved = new ArrayList<>();
		collect(this.router.prefix(), List.of(), resolved);
		return resolved;
	}

	private void collect(String prefix, List<WSMiddleware> outer, List<WebSocketRoute> resolved) {
		List<WSMiddleware> common = concat(outer, middleware());
		for (WebSocketRoute route : routes()) {
			resolved.add(new WebSocketRoute(join(prefix, route.path()), route.handler(),
					concat(common, route.middleware())));
		}
		mounts().forEach((child, at) -> new RouterTree(child).collect(join(prefix, at), common, resolved));
	}

	private static <T> List<T> concat(List<T> first, List<T> second) {
		List<T> all = new ArrayList<>(first);
		all.addAll(second);
		return all;
	}

	private static String join(String prefix, String path) {
		String base = StringUtils.trimTrailingCharacter(prefix, '/');
		return (path.isEmpty() || path.startsWith("/")) ? base + path : base + "/" + path;
	}

	/**
	 * Forbid further changes of all these routers. To be called before they are served.
	 */
	@Override
	public void start() {
		super.start();
	}

}
