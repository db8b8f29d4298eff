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

package io.nexios.ws.server.transport;

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;

/**
 * Upgrades on any container of the Jakarta WebSocket API, with Spring's own strategy.
 *
 * @author Nexios Team
 */
public class StandardContainerUpgrade implements ContainerUpgrade {

	/**
	 * The attribute in which a container of the Jakarta WebSocket API publishes itself.
	 */
	protected static final String CONTAINER_ATTRIBUTE = "jakarta.websocket.server.ServerContainer";

	private final StandardWebSocketUpgradeStrategy strategy = new StandardWebSocketUpgradeStrategy();

	private final Function<WebSocketSession, Transport> transports;

	/**
	 * Create an upgrade that uses only Spring's session.
	 */
	public StandardContainerUpgrade() {
		this(SpringTransport::new);
	}

	/**
	 * Create an upgrade.
	 * @param transports creates the transport of an open session
	 */
	protected StandardContainerUpgrade(Function<WebSocketSession, Transport> transports) {
		this.transports = transports;
	}

	@Override
	public boolean supports(ServletContext context) {
		return context.getAttribute(CONTAINER_ATTRIBUTE) != null;
	}

	@Override
	public void upgrade(ServletServerHttpRequest request, ServletServerHttpResponse response,
			@Nullable String subprotocol, @Nullable Principal principal, Map<String, Object> attributes,
			ConnectionCallbacks callbacks) throws HandshakeFailureException {
		this.strategy.upgrade(request, response, subprotocol, List.of(), principal, handler(callbacks), attributes);
		try {
			// Otherwise the container may answer later, and not report that the client
			// has gone
			response.getServletResponse().flushBuffer();
		}
		catch (IOException ex) {
			throw new HandshakeFailureException("Cannot answer", ex);
		}
	}

	/**
	 * Return the handler that a session of Spring needs.
	 * @param callbacks get everything that happens on the connection
	 * @return the handler
	 */
	protected final WebSocketHandler handler(ConnectionCallbacks callbacks) {
		return handler(callbacks, this.transports);
	}

	/**
	 * Return the handler that a session of Spring needs.
	 * @param callbacks get everything that happens on the connection
	 * @param transports creates the transport of the open session
	 * @return the handler
	 */
	protected static WebSocketHandler handler(ConnectionCallbacks callbacks,
			Function<WebSocketSession, Transport> transports) {
		return new SpringCallbacks(callbacks, transports);
	}

}
