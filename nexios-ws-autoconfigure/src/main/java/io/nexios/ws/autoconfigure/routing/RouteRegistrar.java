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

import java.util.Map;
import java.util.function.Supplier;

import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.handshake.AllowedOrigins;
import io.nexios.ws.server.handshake.OriginCheck;
import io.nexios.ws.server.routing.Route;

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
public final class RouteRegistrar {

	private final HandshakeOnlyHandler handler = new HandshakeOnlyHandler();

	private final WebSocketServer server;

	private final Supplier<AllowedOrigins> allowedOrigins;

	/**
	 * Create a registrar.
	 * @param server the server with the routes
	 * @param allowedOrigins the origins, which are needed if there are routes
	 */
	public RouteRegistrar(WebSocketServer server, Supplier<AllowedOrigins> allowedOrigins) {
		this.server = server;
		this.allowedOrigins = allowedOrigins;
	}

	/**
	 * Return whether a handler stands for the routes.
	 * @param handler the handler
	 * @return whether it does
	 */
	public boolean isOurs(WebSocketHandler handler) {
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
		registration.addInterceptors(this.server.handshakeCheck(), new OriginCheck(this.allowedOrigins.get()));
		// Spring's own check compares the exact text, and it runs last
		registration.setAllowedOrigins(CorsConfiguration.ALL);
	}

}
