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

package io.nexios.ws.server.handler;

import java.time.Duration;
import java.util.concurrent.CompletionException;

import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.connection.TestSettings;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.lifecycle.ConnectionIds;
import io.nexios.ws.server.lifecycle.EventSink;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.spi.RateLimiters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for the calls that a {@link ConnectionObserver} gets when a connection starts and
 * ends.
 *
 * @author Nexios Team
 */
class ConnectionObserverTests {

	private final ServerThreads threads = new ServerThreads(10);

	private final ConnectionObserver observer = mock(ConnectionObserver.class);

	private final ServerObserver serverObserver = mock(ServerObserver.class);

	private final ServerEnvironment environment = new ServerEnvironment(TestSettings.defaults().build(), this.threads,
			new JsonCodec(JsonMapper.shared()), mock(EventSink.class), mock(ChannelBox.class), this.serverObserver,
			RateLimiters.UNLIMITED, new ConnectionIds(""), new LogThrottle<>());

	@BeforeEach
	void observe() {
		given(this.serverObserver.connection("/local")).willReturn(this.observer);
	}

	@AfterEach
	void stop() {
		this.threads.close();
	}

	@Test
	void connectionStartsOpensAndCloses() {
		LocalConnection connection = LocalConnection.open(this.environment);
		connection.leave(4000);
		connection.leave(4001);
		then(this.observer).should().handshakeStarted(connection.ws());
		then(this.observer).should().connectionOpened();
		then(this.observer).should().connectionClosed(eq(4000), any());
		then(this.observer).should(never()).connectionClosed(eq(4001), any());
		then(this.observer).should(never()).handshakeFailed(anyInt());
	}

	@Test
	void rejectedHandshakeDoesNotOpen() {
		LocalConnection connection = LocalConnection.connecting(this.environment);
		connection.ws().reject(HttpStatus.GONE);
		then(this.observer).should().handshakeFailed(410);
		then(this.observer).should(never()).connectionClosed(anyInt(), any());
	}

	@Test
	void acceptedHandshakeThatComesToNothingDoesNotOpen() {
		LocalConnection connection = LocalConnection.connecting(this.environment);
		this.threads.execute(connection.ws()::accept);
		connection.connection().awaitDecision();
		connection.connection().notOpened();
		then(this.observer).should().handshakeFailed(101);
		then(this.observer).should(never()).connectionClosed(anyInt(), any());
	}

	@Test
	void handshakeWhoseHandlerCannotBeAskedIsOver() {
		LocalConnection connection = LocalConnection.connecting(this.environment);
		connection.connection().refused(HttpReply.of(HttpStatus.SERVICE_UNAVAILABLE));
		then(this.observer).should().handshakeFailed(503);
		then(this.observer).should().handlerReleased();
	}

	@Test
	void observerThatFailsDoesNotKeepTheEndFromOthers() {
		willThrow(CompletionException.class).given(this.observer).connectionClosed(anyInt(), any());
		LocalConnection connection = LocalConnection.open(this.environment);
		connection.leave(4000);
		assertThat(connection.ws().closed()).succeedsWithin(Duration.ofSeconds(10));
	}

}
