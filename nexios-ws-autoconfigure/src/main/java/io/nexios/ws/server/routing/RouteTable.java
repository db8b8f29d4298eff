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

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.nexios.ws.WSMiddleware;
import io.nexios.ws.WebSocketRoute;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;

/**
 * All routes of an application. Immutable.
 *
 * @author Nexios Team
 */
public final class RouteTable {

	private final List<Route> routes;

	private final List<Route> mostSpecificFirst;

	/**
	 * Create a new table.
	 * @param definitions the routes
	 * @param globalMiddleware middleware around all of them, the outermost first
	 * @throws InvalidRouteException if a route cannot be served, or if two have the same
	 * pattern
	 */
	public RouteTable(List<RouteDefinition> definitions, List<WSMiddleware> globalMiddleware) {
		this.routes = definitions.stream()
			.map((definition) -> new Route(withRootedPath(definition), globalMiddleware))
			.toList();
		checkPatternsDiffer(this.routes);
		this.mostSpecificFirst = this.routes.stream()
			.sorted(Comparator.comparing(Route::template, PathTemplate.SPECIFICITY))
			.toList();
	}

	private static RouteDefinition withRootedPath(RouteDefinition definition) {
		WebSocketRoute route = definition.route();
		return route.path().startsWith("/") ? definition : new RouteDefinition(
				new WebSocketRoute("/" + route.path(), route.handler(), route.middleware()), definition.source());
	}

	private static void checkPatternsDiffer(List<Route> routes) {
		Map<PatternStructure, Route> patterns = new LinkedHashMap<>();
		for (Route route : routes) {
			Route other = patterns.putIfAbsent(route.structure(), route);
			if (other != null) {
				throw new InvalidRouteException(
						"Route '" + other.path() + "' of " + other.source() + " and route '" + route.path() + "' of "
								+ route.source() + " have the same pattern.",
						"Change the path of one of them, or remove it. Different names of variables do not make patterns different.");
			}
		}
	}

	/**
	 * Return all routes.
	 * @return the routes, in the order of declaration
	 */
	public List<Route> routes() {
		return this.routes;
	}

	/**
	 * Find the route for a path.
	 * @param pathWithinApplication the path, encoded
	 * @return the match, or {@code null} if there is none
	 * @see #match(PathContainer)
	 */
	public @Nullable RouteMatch match(String pathWithinApplication) {
		return match(PathContainer.parsePath(pathWithinApplication));
	}

	/**
	 * Find the route for a path. It is the most specific route whose values convert.
	 * Among equally specific routes it is the one that was declared first.
	 * @param pathWithinApplication the path
	 * @return the match, or {@code null} if there is none
	 */
	public @Nullable RouteMatch match(PathContainer pathWithinApplication) {
		return this.mostSpecificFirst.stream()
			.map((route) -> route.match(pathWithinApplication))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

}
