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

package io.nexios.ws.autoconfigure;

import java.util.List;
import java.util.Map;

import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.handshake.AllowedOrigins;
import io.nexios.ws.server.handshake.OriginCheck;
import io.nexios.ws.server.routing.Route;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.ServletWebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistration;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * Registers all routes in a separate registry of Spring for WebSocket handlers. The
 * registry of the application cannot be used, because it comes after the HTTP mappings.
 *
 * @author Nexios Team
 */
final class RouteRegistrar {

	private static final int MAX_ASCII = 0x7F;

	private final HandshakeOnlyHandler handler = new HandshakeOnlyHandler();

	private final WebSocketServer server;

	private final NexiosWsProperties properties;

	RouteRegistrar(WebSocketServer server, NexiosWsProperties properties) {
		this.server = server;
		this.properties = properties;
	}

	boolean isOurs(WebSocketHandler handler) {
		return handler == this.handler;
	}

	/**
	 * Register the routes.
	 * @return the handlers by pattern
	 */
	Map<String, ?> register() {
		ServletWebSocketHandlerRegistry registry = new ServletWebSocketHandlerRegistry();
		register(registry);
		return ((SimpleUrlHandlerMapping) registry.getHandlerMapping()).getUrlMap();
	}

	private void register(WebSocketHandlerRegistry registry) {
		String[] patterns = this.server.routes()
			.routes()
			.stream()
			.map(Route::pattern)
			.map(Object::toString)
			.toArray(String[]::new);
		if (patterns.length == 0) {
			return;
		}
		WebSocketHandlerRegistration registration = registry.addHandler(this.handler, patterns);
		registration.setHandshakeHandler(new DefaultHandshakeHandler(this.server.upgradeStrategy()));
		AllowedOrigins allowed = allowedOrigins();
		registration.addInterceptors(this.server.handshakeCheck(), new OriginCheck(allowed));
		// Spring's own check compares the exact text, and it runs last
		registration.setAllowedOrigins(CorsConfiguration.ALL);
	}

	private AllowedOrigins allowedOrigins() {
		AllowedOrigins allowed = new AllowedOrigins(trimmed(this.properties.getAllowedOrigins()),
				trimmed(this.properties.getAllowedOriginPatterns()));
		check("allowed-origins", allowed.origins());
		check("allowed-origin-patterns", allowed.patterns());
		return allowed;
	}

	private static List<String> trimmed(List<String> origins) {
		return origins.stream().map(String::trim).toList();
	}

	private void check(String name, List<String> origins) {
		String any = origins.stream().filter(AnyOrigin::isAllowedBy).findFirst().orElse(null);
		if (any != null && !this.properties.isAllowAnyOrigin()) {
			throw new FailureAnalyzedException(
					"The property 'nexios.ws." + name + "' has '" + any + "'. Any web site could then "
							+ "connect with the cookies of its visitors.",
					"List the origins of your own pages, or set 'nexios.ws.allow-any-origin' to true "
							+ "if no connection depends on cookies.");
		}
		String ambiguous = origins.stream().filter(RouteRegistrar::isNotAscii).findFirst().orElse(null);
		if (ambiguous != null) {
			throw new FailureAnalyzedException(
					"The property 'nexios.ws." + name + "' has '" + ambiguous
							+ "'. No browser sends it, and its ASCII form is ambiguous.",
					"Write its host as browsers send it, with labels that start with 'xn--'.");
		}
	}

	private static boolean isNotAscii(String origin) {
		return origin.chars().anyMatch((character) -> character > MAX_ASCII);
	}

}
