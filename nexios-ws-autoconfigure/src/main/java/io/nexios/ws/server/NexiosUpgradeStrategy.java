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

package io.nexios.ws.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.Handshake.Decision;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.handler.HandlerStarter;
import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.handshake.ExtensionHidingRequest;
import io.nexios.ws.server.handshake.HandshakeProblem;
import io.nexios.ws.server.handshake.HandshakeRequest;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.handshake.KeptServerHttpRequest;
import io.nexios.ws.server.handshake.RefusalLog;
import io.nexios.ws.server.limit.Admission;
import io.nexios.ws.server.limit.Refusal;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.routing.RouteMatch;
import io.nexios.ws.server.routing.RouteTable;
import io.nexios.ws.server.transport.ContainerUpgrades;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * Answers handshakes, after the request and its origin were checked. It finds the route,
 * starts its handler, waits for the decision, and writes the response.
 * <p>
 * The request's thread is parked while it waits, like the thread of a blocking
 * controller. Only this thread may use the request and the response.
 *
 * @author Nexios Team
 */
final class NexiosUpgradeStrategy implements RequestUpgradeStrategy {

	private static final Log logger = LogFactory.getLog(Loggers.HANDSHAKE);

	private static final String[] VERSIONS = { "13" };

	private final ServerEnvironment environment;

	private final RouteTable routes;

	private final Supplier<@Nullable Refusal> refusal;

	private final Admission admission;

	private final RefusalLog refusals;

	private final HandlerStarter handlers;

	private final ContainerUpgrades containers;

	private final FailedUpgrades failedUpgrades;

	/**
	 * Create a strategy.
	 * @param environment the objects that all connections share
	 * @param routes the routes
	 * @param refusal returns the reason if the server refuses all handshakes, or
	 * {@code null}
	 * @param admission limits the number of connections
	 * @param refusals logs handshakes that are refused
	 * @param handlers starts handlers
	 * @param containers finds the container
	 */
	NexiosUpgradeStrategy(ServerEnvironment environment, RouteTable routes, Supplier<@Nullable Refusal> refusal,
			Admission admission, RefusalLog refusals, HandlerStarter handlers, ContainerUpgrades containers) {
		this.environment = environment;
		this.routes = routes;
		this.refusal = refusal;
		this.admission = admission;
		this.refusals = refusals;
		this.handlers = handlers;
		this.containers = containers;
		this.failedUpgrades = new FailedUpgrades(environment.json());
	}

	@Override
	public String[] getSupportedVersions() {
		return VERSIONS.clone();
	}

	@Override
	public List<WebSocketExtension> getSupportedExtensions(ServerHttpRequest request) {
		// The container negotiates extensions itself, regardless of this result
		return List.of();
	}

	@Override
	public void upgrade(ServerHttpRequest request, ServerHttpResponse response, @Nullable String selectedProtocol,
			List<WebSocketExtension> selectedExtensions, @Nullable Principal user, WebSocketHandler wsHandler,
			Map<String, Object> attributes) throws HandshakeFailureException {
		ServletServerHttpRequest servletRequest = (ServletServerHttpRequest) request;
		ServletServerHttpResponse servletResponse = (ServletServerHttpResponse) response;
		RouteMatch match = this.routes.match(HandshakeRequest.path(servletRequest.getServletRequest()));
		int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
		try {
			answer(servletRequest, servletResponse, match, user, attributes);
			status = servletResponse.getServletResponse().getStatus();
		}
		finally {
			this.environment.observer().handshakeAnswered((match != null) ? match.route().path() : null, status);
		}
	}

	private void answer(ServletServerHttpRequest request, ServletServerHttpResponse response,
			@Nullable RouteMatch match, @Nullable Principal user, Map<String, Object> attributes) {
		Refusal refusal = this.refusal.get();
		if (refusal != null) {
			refuse(refusal, response);
		}
		else if (match == null) {
			write(HttpReply.of(HttpStatus.NOT_FOUND), response);
		}
		else {
			HandshakeRequest handshakeRequest = read(request, user);
			if (handshakeRequest != null) {
				admit(handshakeRequest, match, attributes, request, response);
			}
			else {
				write(HandshakeProblem.REQUEST.reply(this.environment.json()), response);
			}
		}
	}

	private void admit(HandshakeRequest handshakeRequest, RouteMatch match, Map<String, Object> attributes,
			ServletServerHttpRequest request, ServletServerHttpResponse response) {
		Admission.Ticket ticket = this.admission.ticket(handshakeRequest.remoteAddress(), handshakeRequest.principal());
		Refusal refusal = ticket.take();
		if (refusal != null) {
			refuse(refusal, response);
			return;
		}
		try {
			Connection connection = connection(handshakeRequest, match, attributes, ticket);
			handshake(connection, handshakeRequest, match, attributes, request, response);
		}
		finally {
			ticket.decided();
		}
	}

	private Connection connection(HandshakeRequest request, RouteMatch match, Map<String, Object> attributes,
			Admission.Ticket ticket) {
		try {
			return this.handlers.connection(request, match, attributes, ticket);
		}
		catch (RuntimeException | Error ex) {
			ticket.giveBack();
			throw ex;
		}
	}

	private void refuse(Refusal refusal, ServletServerHttpResponse response) {
		this.refusals.refused(refusal);
		this.environment.observer().handshakeRefused(refusal);
		write(HttpReply.of(refusal, this.environment.json()), response);
	}

	/**
	 * Read a request.
	 * @param request the request
	 * @param user its user
	 * @return its data, or {@code null} if it cannot be read, for example because the
	 * query is malformed
	 */
	private static @Nullable HandshakeRequest read(ServletServerHttpRequest request, @Nullable Principal user) {
		try {
			return HandshakeRequest.of(request, user);
		}
		catch (RuntimeException ex) {
			// Without the message of the exception, which quotes the request
			logger.debug("Cannot read the request of a handshake: " + ex.getClass().getName());
			return null;
		}
	}

	private void handshake(Connection connection, HandshakeRequest handshakeRequest, RouteMatch match,
			Map<String, Object> attributes, ServletServerHttpRequest request, ServletServerHttpResponse response) {
		if (!start(connection, handshakeRequest, match, request)) {
			refuse(Refusal.THREADS, response);
			return;
		}
		Decision decision = connection.awaitDecision();
		if (decision instanceof Decision.Accepted accepted) {
			open(connection, accepted.spec(), handshakeRequest, attributes, request, response);
		}
		else if (decision instanceof Decision.Rejected rejected) {
			write(rejected.reply(), response);
		}
	}

	private boolean start(Connection connection, HandshakeRequest handshakeRequest, RouteMatch match,
			ServletServerHttpRequest request) {
		boolean started = false;
		try {
			this.handlers.start(connection, handshakeRequest, match, request.getServletRequest().getSession(false));
			started = true;
		}
		catch (RejectedExecutionException ex) {
			connection.refused(HttpReply.of(Refusal.THREADS, this.environment.json()));
		}
		finally {
			if (!started) {
				connection.neverStarted();
			}
		}
		return started;
	}

	private void open(Connection connection, AcceptanceSpec spec, HandshakeRequest handshakeRequest,
			Map<String, Object> attributes, ServletServerHttpRequest request, ServletServerHttpResponse response) {
		boolean opened = false;
		try {
			upgrade(connection, spec, handshakeRequest, attributes, request, response);
			opened = response.getServletResponse().getStatus() == successStatus(request);
		}
		catch (HandshakeFailureException ex) {
			connection.notOpened();
			answer(ex, connection, response);
		}
		finally {
			if (!opened) {
				connection.notOpened();
			}
		}
	}

	private void upgrade(Connection connection, AcceptanceSpec spec, HandshakeRequest handshakeRequest,
			Map<String, Object> attributes, ServletServerHttpRequest request, ServletServerHttpResponse response) {
		HttpServletRequest servletRequest = request.getServletRequest();
		HttpServletResponse servletResponse = response.getServletResponse();
		// On the servlet response, because Spring would write the headers only after the
		// 101 was sent
		spec.headers().forEach((name, values) -> values.forEach((value) -> servletResponse.addHeader(name, value)));
		this.containers.in(servletRequest.getServletContext())
			.upgrade(upgradeRequest(servletRequest, handshakeRequest), response, spec.chosenSubprotocol(),
					connection.webSocket().principal(), attributes, connection.callbacks());
	}

	private void answer(HandshakeFailureException failure, Connection connection, ServletServerHttpResponse response) {
		try {
			this.failedUpgrades.failed(failure, connection, response);
		}
		catch (IOException ex) {
			logger.debug("The client of " + connection + " has gone", ex);
		}
	}

	private ServletServerHttpRequest upgradeRequest(HttpServletRequest request, HandshakeRequest handshakeRequest) {
		return new KeptServerHttpRequest(
				this.environment.settings().compression() ? request : ExtensionHidingRequest.wrap(request),
				handshakeRequest);
	}

	private static int successStatus(ServletServerHttpRequest request) {
		// Over HTTP/2 a connection is opened by CONNECT (RFC 8441, 4)
		return (request.getMethod() == HttpMethod.GET) ? HttpServletResponse.SC_SWITCHING_PROTOCOLS
				: HttpServletResponse.SC_OK;
	}

	private static void write(HttpReply reply, ServletServerHttpResponse response) {
		try {
			reply.writeTo(response);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The client has gone", ex);
		}
	}

}
