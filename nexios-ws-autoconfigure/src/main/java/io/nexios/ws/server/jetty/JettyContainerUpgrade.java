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

package io.nexios.ws.server.jetty;

import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nexios.ws.server.ConnectionCallbacks;
import io.nexios.ws.server.ContainerUpgrade;
import io.nexios.ws.server.ServerThreads;
import jakarta.servlet.ServletContext;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.adapter.jetty.JettyWebSocketSession;
import org.springframework.web.socket.server.HandshakeFailureException;

/**
 * Upgrades on Jetty, by its own API. Spring's adapter asks for the next message as soon
 * as one was delivered and knows no messages in pieces, so it can neither slow a peer
 * down nor limit a message while it arrives.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class JettyContainerUpgrade implements ContainerUpgrade {

	private final AtomicBoolean watched = new AtomicBoolean();

	private final ServerThreads threads;

	/**
	 * Create an upgrade.
	 * @param threads what ends connections later, and watches those of Jetty
	 */
	public JettyContainerUpgrade(ServerThreads threads) {
		this.threads = threads;
	}

	@Override
	public boolean supports(ServletContext context) {
		return JettyWebSocketServerContainer.getContainer(context) != null;
	}

	@Override
	public void upgrade(ServletServerHttpRequest request, ServletServerHttpResponse response,
			@Nullable String subprotocol, @Nullable Principal principal, Map<String, Object> attributes,
			ConnectionCallbacks callbacks) throws HandshakeFailureException {
		JettyWebSocketServerContainer container = JettyWebSocketServerContainer
			.getContainer(request.getServletRequest().getServletContext());
		if (this.watched.compareAndSet(false, true)) {
			this.threads.watch(container.getExecutor());
		}
		JettyWebSocketSession session = new JettyWebSocketSession(attributes, principal);
		try {
			container.upgrade((upgradeRequest, upgradeResponse) -> {
				if (subprotocol != null) {
					upgradeResponse.setAcceptedSubProtocol(subprotocol);
				}
				return new JettyListener(session, this.threads, callbacks);
			}, request.getServletRequest(), response.getServletResponse());
		}
		catch (IOException | RuntimeException ex) {
			throw new HandshakeFailureException("Failed to upgrade", ex);
		}
	}

}
