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

package io.nexios.ws.observation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.nexios.ws.WebSocket;
import io.nexios.ws.server.observer.ConnectionObserver;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * The observation of one connection, and of the message that is being handled. It
 * continues while application code runs, because this code may fail after the peer has
 * left.
 *
 * @author Nexios Team
 */
final class ConnectionObservation implements ConnectionObserver {

	private static final int SWITCHING_PROTOCOLS = HttpStatus.SWITCHING_PROTOCOLS.value();

	// Counts the connection, its handler and every open scope. The last one to end stops
	// the observation
	private final AtomicInteger pending = new AtomicInteger(2);

	private final String route;

	private final ObservationRegistry registry;

	private final WSConnectionObservationConvention convention;

	private final boolean messages;

	// Both are set before any other thread knows the connection
	private Observation observation = Observation.NOOP;

	private @Nullable WSConnectionObservationContext context;

	private @Nullable MessageObservation message;

	ConnectionObservation(String route, ObservationRegistry registry, WSConnectionObservationConvention convention,
			boolean messages) {
		this.route = route;
		this.registry = registry;
		this.convention = convention;
		this.messages = messages;
	}

	@Override
	public boolean isTiming() {
		return this.messages;
	}

	@Override
	public void handshakeStarted(WebSocket ws) {
		WSConnectionObservationContext context = new WSConnectionObservationContext(this.route, ws);
		this.context = context;
		// The current observation becomes the parent. Here it is the observation of the
		// request
		this.observation = WSObservationDocumentation.CONNECTION
			.observation(this.convention, new DefaultWSConnectionObservationConvention(), () -> context, this.registry)
			.start();
	}

	@Override
	public Scope handlerEntered() {
		this.pending.incrementAndGet();
		Observation.Scope scope = this.observation.openScope();
		return () -> {
			scope.close();
			leave();
		};
	}

	private void leave() {
		if (this.pending.decrementAndGet() == 0) {
			this.observation.stop();
		}
	}

	@Override
	public void handlerFailed(Throwable failure) {
		this.observation.error(failure);
		if (this.message != null) {
			this.message.failed(failure);
		}
	}

	@Override
	public void messageFailed(Throwable failure) {
		if (this.message != null) {
			this.message.failed(failure);
		}
	}

	@Override
	public void handlerReleased() {
		leave();
	}

	@Override
	public void handshakeFailed(int status) {
		ended(status, null);
	}

	@Override
	public void connectionClosed(int code, Duration lifetime) {
		ended(SWITCHING_PROTOCOLS, code);
	}

	private void ended(int status, @Nullable Integer closeCode) {
		if (this.context != null) {
			this.context.setStatus(status);
			this.context.setCloseCode(closeCode);
		}
		leave();
	}

	@Override
	public void messageStarted() {
		this.message = MessageObservation.start(this.route, this.observation, this.registry);
	}

	@Override
	public void messageHandled(long nanos) {
		if (this.message != null) {
			this.message.stop();
			this.message = null;
		}
	}

}
