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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import io.nexios.ws.server.routing.InvalidRouteException;
import io.nexios.ws.server.routing.Route;
import io.nexios.ws.server.routing.RouteTable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;

/**
 * Fails if a route and one of the application's own {@link WebSocketHandler}s have the
 * same pattern. Otherwise Spring would silently serve only one of them.
 *
 * @author Nexios Team
 */
public class ForeignHandlerCheck implements SmartInitializingSingleton {

	private final ObjectProvider<HandlerMapping> mappings;

	private final RouteTable routes;

	private final Predicate<WebSocketHandler> ours;

	/**
	 * Create a new check.
	 * @param mappings the application's mappings. Spring declares its mappings for
	 * WebSocket handlers and for STOMP without their types
	 * @param routes the routes of the application
	 * @param ours tests whether a handler belongs to this library. It gets handlers
	 * without decorators
	 */
	public ForeignHandlerCheck(ObjectProvider<HandlerMapping> mappings, RouteTable routes,
			Predicate<WebSocketHandler> ours) {
		this.mappings = mappings;
		this.routes = routes;
		this.ours = ours;
	}

	@Override
	public void afterSingletonsInstantiated() {
		RouteFailures.analyzed(() -> this.mappings.stream()
			.filter(WebSocketHandlerMapping.class::isInstance)
			.map(WebSocketHandlerMapping.class::cast)
			.forEach(this::check));
	}

	private void check(WebSocketHandlerMapping mapping) {
		// The first map also has "/" and "/*", the second map has handlers that were
		// added later
		Map<String, Object> handlers = new LinkedHashMap<>(mapping.getUrlMap());
		handlers.putAll(mapping.getHandlerMap());
		handlers.forEach((pattern, handler) -> check(withLeadingSlash(pattern), undecorated(handler)));
	}

	private static String withLeadingSlash(String pattern) {
		return pattern.startsWith("/") ? pattern : "/" + pattern;
	}

	private static Object undecorated(Object handler) {
		if (handler instanceof WebSocketHttpRequestHandler http) {
			return WebSocketHandlerDecorator.unwrap(http.getWebSocketHandler());
		}
		if (handler instanceof SockJsHttpRequestHandler sockJs) {
			return WebSocketHandlerDecorator.unwrap(sockJs.getWebSocketHandler());
		}
		return handler;
	}

	private void check(String pattern, Object handler) {
		if (handler instanceof WebSocketHandler webSocketHandler && this.ours.test(webSocketHandler)) {
			return;
		}
		for (Route route : this.routes.routes()) {
			if (route.hasPattern(pattern)) {
				throw new InvalidRouteException(
						"Route '" + route.path() + "' of " + route.source() + " has the same pattern as '" + pattern
								+ "', which is registered for " + describe(handler) + ".",
						"Change the path of one of them, or remove it. Different names of variables do not make patterns different.");
			}
		}
	}

	private static String describe(Object handler) {
		return (handler instanceof String name) ? "the handler bean '" + name + "'"
				: "the WebSocket handler " + ClassUtils.getUserClass(handler).getName();
	}

}
