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
import java.util.Map;

/**
 * Gives the server access to a {@link WSRouter}. Internal: only the server extends this
 * class. All members are protected, so that applications cannot call them.
 *
 * @author Nexios Team
 */
public abstract class RouterInternals {

	private final WSRouter router;

	protected RouterInternals(WSRouter router) {
		this.router = router;
	}

	/**
	 * Return the routes of this router, without those of mounted routers.
	 * @return the routes, with paths relative to the router
	 */
	protected final List<WebSocketRoute> routes() {
		return this.router.routes();
	}

	/**
	 * Return the middleware of this router, without that of mounted routers.
	 * @return the middleware, the outermost first
	 */
	protected final List<WSMiddleware> middleware() {
		return this.router.middleware();
	}

	/**
	 * Return the routers that are mounted directly in this router.
	 * @return the prefix of each router, in the order of mounting
	 */
	protected final Map<WSRouter, String> mounts() {
		return this.router.mounts();
	}

	/**
	 * Forbid further changes of this router and of those mounted in it.
	 */
	protected void start() {
		this.router.start();
	}

}
