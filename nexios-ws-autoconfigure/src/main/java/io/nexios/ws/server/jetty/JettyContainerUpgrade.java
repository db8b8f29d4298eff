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
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.ConnectionCallbacks;
import io.nexios.ws.server.transport.ContainerUpgrade;
import jakarta.servlet.ServletContext;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.HttpStream;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.util.Assert;
import org.springframework.web.socket.adapter.jetty.JettyWebSocketSession;
import org.springframework.web.socket.server.HandshakeFailureException;

/**
 * Upgrades on Jetty with Jetty's own API. Spring's adapter demands the next message as
 * soon as one is delivered, and does not support messages in pieces. So it can neither
 * slow down a peer nor limit a message while it arrives.
 *
 * @author Nexios Team
 */
public final class JettyContainerUpgrade implements ContainerUpgrade {

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean prepared;

	private final ServerThreads threads;

	/**
	 * Create an upgrade.
	 * @param threads watch the threads of Jetty
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
		ServletContext servletContext = request.getServletRequest().getServletContext();
		JettyWebSocketServerContainer container = JettyWebSocketServerContainer.getContainer(servletContext);
		int room = HeaderRoom.limit(request.getServletRequest());
		if (HeaderRoom.needed(response.getServletResponse()) > room) {
			throw new HandshakeFailureException("The headers of the response take more than " + room + " bytes");
		}
		prepare(container, ServletContextHandler.getServletContextHandler(servletContext));
		JettyWebSocketSession session = new JettyWebSocketSession(attributes, principal);
		try {
			boolean upgraded = container.upgrade((upgradeRequest, upgradeResponse) -> {
				if (subprotocol != null) {
					upgradeResponse.setAcceptedSubProtocol(subprotocol);
				}
				HiddenFrames.addTo(upgradeResponse);
				return new JettyListener(session, callbacks);
			}, request.getServletRequest(), response.getServletResponse());
			Assert.isTrue(upgraded, "The request is not a handshake");
		}
		catch (IOException | RuntimeException ex) {
			// Otherwise Jetty would open the connection after the answer that is sent
			// instead
			request.getServletRequest().removeAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE);
			throw new HandshakeFailureException(String.valueOf(ex.getMessage()), cause(ex));
		}
	}

	// Called before the first connection, because there may be no container when the
	// application starts
	private void prepare(JettyWebSocketServerContainer container, ServletContextHandler context) {
		if (this.prepared) {
			return;
		}
		this.lock.lock();
		try {
			if (!this.prepared) {
				this.threads.watch(container.getExecutor());
				HiddenFrames.register(context);
				this.prepared = true;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// Jetty checks the size of the response. Everything else that it checks is part of
	// the request
	private static Exception cause(Exception failure) {
		boolean request = failure instanceof RuntimeException
				&& !(failure instanceof HttpException http && http.getCode() >= 500);
		return request ? new IllegalArgumentException(failure) : failure;
	}

}
