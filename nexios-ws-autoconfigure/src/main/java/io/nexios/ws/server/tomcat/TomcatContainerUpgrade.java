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

package io.nexios.ws.server.tomcat;

import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.tomcat.control.TomcatEnd;
import io.nexios.ws.server.transport.ConnectionCallbacks;
import io.nexios.ws.server.transport.StandardContainerUpgrade;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.DeploymentException;
import org.apache.tomcat.websocket.BackgroundProcessManager;
import org.apache.tomcat.websocket.WsSession;
import org.apache.tomcat.websocket.server.WsServerContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.util.Assert;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketHandlerAdapter;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.standard.ServerEndpointRegistration;

/**
 * Upgrades on Tomcat.
 *
 * @author Nexios Team
 */
public final class TomcatContainerUpgrade extends StandardContainerUpgrade implements AutoCloseable {

	// The size if none is configured, until a text is larger. With this size, most
	// messages come in one piece, and a connection takes little memory before its first
	// message
	private static final int DEFAULT_MESSAGE_BUFFER_SIZE = 1024;

	// A buffer of bytes, and a buffer of characters with two bytes each
	private static final int CONTAINER_MESSAGE_BYTES = 3 * 8 * 1024;

	private final BackgroundThread backgroundThread = new BackgroundThread(BackgroundProcessManager.getInstance());

	private final ServerThreads threads;

	private final Duration maxAge;

	private final int messageBufferSize;

	private final boolean growing;

	private final SocketReading.Factory reading;

	private final FirstBuffers firstBuffers;

	/**
	 * Create an upgrade.
	 * @param threads resume connections later
	 * @param maxAge how long a message may wait for the peer. A write may take 30 seconds
	 * longer
	 * @param messageBufferSize the size of the buffers from which messages come in
	 * pieces, or {@code null} for small buffers that grow
	 * @param reading creates the {@link SocketReading} of each socket
	 * @param firstBuffers shrinks the first buffers for messages
	 */
	public TomcatContainerUpgrade(ServerThreads threads, Duration maxAge, @Nullable Integer messageBufferSize,
			SocketReading.Factory reading, FirstBuffers firstBuffers) {
		this.threads = threads;
		this.maxAge = maxAge;
		this.growing = (messageBufferSize == null);
		this.messageBufferSize = (messageBufferSize != null) ? messageBufferSize : DEFAULT_MESSAGE_BUFFER_SIZE;
		this.reading = reading;
		this.firstBuffers = firstBuffers;
	}

	/**
	 * Upgrades as Spring's own strategy does, with one exception: data of the request is
	 * not kept more than once by Tomcat, Spring and this library.
	 */
	@Override
	public void upgrade(ServletServerHttpRequest request, ServletServerHttpResponse response,
			@Nullable String subprotocol, @Nullable Principal principal, Map<String, Object> attributes,
			ConnectionCallbacks callbacks) throws HandshakeFailureException {
		this.backgroundThread.keep();
		HttpServletRequest servletRequest = request.getServletRequest();
		StandardWebSocketSession session = new StandardWebSocketSession(request.getHeaders(), attributes,
				request.getLocalAddress(), request.getRemoteAddress(), principal);
		// Set before the connection opens
		AtomicReference<TomcatUpgradeHandler> upgraded = new AtomicReference<>();
		ServerEndpointRegistration endpoint = new ServerEndpointRegistration(servletRequest.getRequestURI(),
				new StandardWebSocketHandlerAdapter(handler(callbacks, upgraded), session));
		endpoint.setSubprotocols((subprotocol != null) ? List.of(subprotocol) : List.of());
		try {
			container(servletRequest)
				.upgradeHttpToWebSocket(new UpgradeRequest(servletRequest, response.getServletResponse(), (handler) -> {
					handler.attach(this.reading);
					upgraded.set(handler);
				}), response.getServletResponse(), endpoint, Map.of());
		}
		catch (IOException | DeploymentException | RuntimeException ex) {
			throw new HandshakeFailureException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private WebSocketHandler handler(ConnectionCallbacks callbacks, AtomicReference<TomcatUpgradeHandler> upgraded) {
		TomcatEnd end = new TomcatEnd(callbacks);
		return handler(this.growing ? new GrowingTextBuffer(end) : end,
				(session) -> transport(session, upgraded.get(), end));
	}

	private TomcatTransport transport(WebSocketSession session, TomcatUpgradeHandler upgraded, TomcatEnd end) {
		WsSession nativeSession = nativeSession(session);
		shrinkBuffers(nativeSession);
		return new TomcatTransport(session, nativeSession, upgraded, end, this.threads, this.maxAge);
	}

	// Messages come in pieces of the size of their buffers. So the buffers can be small,
	// however large a message may be. The sizes of the container apply to all endpoints
	// and must not be changed: another endpoint closes with 1009 if a message is larger
	private void shrinkBuffers(WsSession session) {
		session.setMaxBinaryMessageBufferSize(this.messageBufferSize);
		session.setMaxTextMessageBufferSize(this.messageBufferSize);
		this.firstBuffers.shrink(session, this.messageBufferSize);
	}

	private static WsServerContainer container(HttpServletRequest request) {
		return (WsServerContainer) request.getServletContext().getAttribute(CONTAINER_ATTRIBUTE);
	}

	private static WsSession nativeSession(WebSocketSession session) {
		WsSession nativeSession = ((NativeWebSocketSession) session).getNativeSession(WsSession.class);
		Assert.state(nativeSession != null, "Not a session of Tomcat");
		return nativeSession;
	}

	/**
	 * Return how much of the heap the buffers for messages take while a connection is
	 * idle.
	 * @return the approximate number of bytes for each connection
	 */
	public int idleMessageBytes() {
		return (this.firstBuffers != FirstBuffers.UNCHANGED) ? this.messageBufferSize : CONTAINER_MESSAGE_BYTES;
	}

	/**
	 * Release the background thread, which is shared with other applications. Connections
	 * can still be opened.
	 */
	@Override
	public void close() {
		this.backgroundThread.release();
	}

	@Override
	public boolean supports(ServletContext context) {
		return context.getAttribute(CONTAINER_ATTRIBUTE) instanceof WsServerContainer;
	}

}
