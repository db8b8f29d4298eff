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

import java.util.List;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WSMiddleware;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * A route that is served.
 *
 * @author Nexios Team
 * @see RouteTable
 */
public final class Route {

	private final RouteDefinition definition;

	private final PathTemplate template;

	private final WSHandler handler;

	Route(RouteDefinition definition, List<WSMiddleware> globalMiddleware) {
		this.definition = definition;
		this.template = PathTemplate.parse(definition);
		this.handler = wrap(globalMiddleware, wrap(definition.route().middleware(), definition.route().handler()));
	}

	private static WSHandler wrap(List<WSMiddleware> middleware, WSHandler handler) {
		WSHandler wrapped = handler;
		for (int i = middleware.size() - 1; i >= 0; i--) {
			wrapped = wrap(middleware.get(i), wrapped);
		}
		return wrapped;
	}

	private static WSHandler wrap(WSMiddleware middleware, WSHandler next) {
		return (ws) -> middleware.handle(ws, next);
	}

	/**
	 * Return the declared path, for example <code>/chat/{id:int}</code>. It can be a tag
	 * of metrics, because there are only as many values as routes.
	 * @return the path template
	 */
	public String path() {
		return this.definition.route().path();
	}

	/**
	 * Return the pattern to register with Spring. It matches every path for which
	 * {@link RouteTable#match} finds this route. It may also match other paths.
	 * @return the pattern
	 */
	public PathPattern pattern() {
		return this.template.pattern();
	}

	/**
	 * Return the declaration of this route for messages.
	 * @return the source, for example "router bean 'chat'"
	 */
	public String source() {
		return this.definition.source();
	}

	/**
	 * Return the handler, wrapped in the global middleware and in the middleware of the
	 * route.
	 * @return the handler
	 */
	public WSHandler handler() {
		return this.handler;
	}

	/**
	 * Return whether a pattern equals the pattern of this route. The names of variables
	 * do not matter.
	 * @param pattern a pattern in Spring's syntax
	 * @return whether it is equal
	 */
	public boolean hasPattern(String pattern) {
		return structure().equals(PatternStructure.of(pattern));
	}

	PatternStructure structure() {
		return this.template.structure();
	}

	PathTemplate template() {
		return this.template;
	}

	@Nullable RouteMatch match(PathContainer path) {
		return this.template.match(this, path);
	}

	@Override
	public String toString() {
		return path() + " (" + source() + ")";
	}

}
