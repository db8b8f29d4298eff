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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.nexios.ws.WSMiddleware;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.server.routing.RouteDefinition;
import io.nexios.ws.server.routing.RouteTable;
import io.nexios.ws.server.routing.RouterTree;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Collects the routes of an application from its beans. Afterwards the routers cannot be
 * changed.
 *
 * @author Nexios Team
 */
public class RouteCollector {

	private final ConfigurableListableBeanFactory beanFactory;

	private final String basePath;

	private final Map<String, String> mounts;

	/**
	 * Create a new collector.
	 * @param beanFactory the application's beans
	 * @param basePath the prefix of all routes, possibly empty
	 * @param mounts the prefixes that replace the prefixes of routers, by bean name
	 */
	public RouteCollector(ConfigurableListableBeanFactory beanFactory, String basePath, Map<String, String> mounts) {
		this.beanFactory = beanFactory;
		this.basePath = basePath;
		this.mounts = mounts;
	}

	/**
	 * Collect the routes.
	 * @return the routes
	 * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if they
	 * cannot be served
	 */
	public RouteTable collect() {
		return RouteFailures.analyzed(() -> new RouteTable(belowBasePath(definitions()), middleware()));
	}

	private List<RouteDefinition> definitions() {
		List<RouteDefinition> definitions = new ArrayList<>(new RouterBeans(this.beanFactory).start(this.mounts));
		TypedBeans.find(this.beanFactory, WebSocketRoute.class)
			.forEach((name, route) -> definitions.add(new RouteDefinition(route, "route bean '" + name + "'")));
		definitions.addAll(ConsumerBeans.find(this.beanFactory));
		RouteMethods.find(this.beanFactory)
			.forEach((method) -> definitions.addAll(method.definitions(this.beanFactory)));
		return definitions;
	}

	private List<RouteDefinition> belowBasePath(List<RouteDefinition> definitions) {
		checkBasePath();
		List<WebSocketRoute> routes = definitions.stream().map(RouteDefinition::route).toList();
		List<WebSocketRoute> moved = new RouterTree(new WSRouter(this.basePath, routes)).resolve();
		return IntStream.range(0, routes.size())
			.mapToObj((i) -> new RouteDefinition(moved.get(i), definitions.get(i).source()))
			.toList();
	}

	/**
	 * The check of the routes would also fail, but its message would not name the
	 * property.
	 */
	private void checkBasePath() {
		WebSocketRoute route = new WebSocketRoute(this.basePath, WebSocket::close);
		new RouteTable(List.of(new RouteDefinition(route, "the property 'nexios.ws.base-path'")), List.of());
	}

	private List<WSMiddleware> middleware() {
		return this.beanFactory.getBeanProvider(WSMiddleware.class, false).orderedStream().toList();
	}

}
