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

import java.security.Principal;
import java.util.Map;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.server.HandshakeFailureException;

/**
 * Upgrades an accepted handshake to a connection, in one kind of container.
 *
 * @author Nexios Team
 */
public interface ContainerUpgrade {

	/**
	 * Return whether this is the container that runs the application.
	 * @param context the application's context
	 * @return whether this is the container
	 */
	boolean supports(ServletContext context);

	/**
	 * Answer the handshake with 101. The answer is on its way when this method returns.
	 * If the container answers with an error of its own, this method also returns
	 * normally.
	 * @param request the handshake request
	 * @param response its response, with the headers that the handler added
	 * @param subprotocol the chosen subprotocol, which the client offered
	 * @param principal the user
	 * @param attributes the attributes for Spring's session
	 * @param callbacks get everything that happens on the connection
	 * @throws HandshakeFailureException if the container refuses. Then no connection will
	 * open. The cause is an {@link java.io.IOException} if the client has gone, and an
	 * {@link IllegalArgumentException} if the request is wrong
	 */
	void upgrade(ServletServerHttpRequest request, ServletServerHttpResponse response, @Nullable String subprotocol,
			@Nullable Principal principal, Map<String, Object> attributes, ConnectionCallbacks callbacks)
			throws HandshakeFailureException;

}
