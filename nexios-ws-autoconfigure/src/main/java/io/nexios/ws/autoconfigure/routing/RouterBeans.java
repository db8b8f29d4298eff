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
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.nexios.ws.WSRouter;
import io.nexios.ws.server.routing.InvalidRouteException;
import io.nexios.ws.server.routing.RouteDefinition;
import io.nexios.ws.server.routing.RouterTree;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The {@link WSRouter} beans of an application.
 *
 * @author Nexios Team
 */
class RouterBeans {

	private static final String MOUNTS = "nexios.ws.mounts";

	private final ListableBeanFactory beanFactory;

	private final Map<String, WSRouter> routers;

	private final Set<WSRouter> mounted = Collections.newSetFromMap(new IdentityHashMap<>());

	RouterBeans(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.routers = TypedBeans.find(beanFactory, WSRouter.class);
		this.routers.values().forEach(this::addMounted);
	}

	private void addMounted(WSRouter router) {
		for (WSRouter child : new RouterTree(router).mountedRouters()) {
			if (this.mounted.add(child)) {
				addMounted(child);
			}
		}
	}

	/**
	 * Return the routes of all routers that no other router mounts. These routers cannot
	 * be changed afterwards.
	 * @param mounts the prefixes that replace the prefixes of routers, by bean name
	 * @return the routes
	 */
	List<RouteDefinition> start(Map<String, String> mounts) {
		mounts.keySet().forEach(this::checkMountable);
		List<RouteDefinition> definitions = new ArrayList<>();
		served().forEach((name, router) -> {
			RouterTree tree = new RouterTree(router);
			tree.start();
			String prefix = mounts.get(name);
			String source = "router bean '" + name + "'"
					+ ((prefix != null) ? " (mounted by '" + MOUNTS + "." + name + "')" : "");
			((prefix != null) ? tree.at(prefix) : tree).resolve()
				.forEach((route) -> definitions.add(new RouteDefinition(route, source)));
		});
		return definitions;
	}

	private Map<String, WSRouter> served() {
		Map<String, WSRouter> served = new LinkedHashMap<>(this.routers);
		served.values().removeIf(this.mounted::contains);
		return served;
	}

	private void checkMountable(String name) {
		Map<String, WSRouter> served = served();
		if (!served.containsKey(name)) {
			throw new InvalidRouteException("The property '" + MOUNTS + "." + name + "' " + problem(name),
					served.isEmpty() ? "Remove it. There is no router bean to mount."
							: "Name one of these router beans: "
									+ served.keySet().stream().collect(Collectors.joining("', '", "'", "'.")));
		}
	}

	private String problem(String name) {
		if (this.routers.containsKey(name)) {
			return "names a router bean that another router mounts already.";
		}
		return this.beanFactory.containsBean(name) ? "names a bean that is not a WSRouter."
				: "names a bean that does not exist.";
	}

}
