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

package io.nexios.ws.server.observer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.nexios.ws.WebSocket;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.limit.Refusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link ServerObserver#of} and the composites behind it.
 *
 * @author Nexios Team
 */
class ServerObserverTests {

	private final ServerObserver first = mock(ServerObserver.class);

	private final ServerObserver second = mock(ServerObserver.class);

	private final ServerObserver both = ServerObserver.of(List.of(this.first, this.second));

	private final ConnectionObserver firstConnection = mock(ConnectionObserver.class);

	private final ConnectionObserver secondConnection = mock(ConnectionObserver.class);

	@Test
	void noneOfThemIsNone() {
		assertThat(ServerObserver.of(List.of())).isSameAs(ServerObserver.NONE);
	}

	@Test
	void onlyObserverIsItself() {
		assertThat(ServerObserver.of(List.of(this.first))).isSameAs(this.first);
	}

	@Test
	void allObserversGetTheEventsOfTheServer() {
		this.both.handshakeAnswered("/a", 101);
		this.both.handshakeRefused(Refusal.STOPPING);
		this.both.groupDelivered(7);
		this.both.groupContinuityLost("fork");
		this.both.groupResumed(true);
		this.both.ticket("issued");
		for (ServerObserver observer : List.of(this.first, this.second)) {
			then(observer).should().handshakeAnswered("/a", 101);
			then(observer).should().handshakeRefused(Refusal.STOPPING);
			then(observer).should().groupDelivered(7);
			then(observer).should().groupContinuityLost("fork");
			then(observer).should().groupResumed(true);
			then(observer).should().ticket("issued");
		}
	}

	@Test
	void onlyObserverOfAConnectionIsItself() {
		given(this.first.connection("/a")).willReturn(this.firstConnection);
		given(this.second.connection("/a")).willReturn(ConnectionObserver.NONE);
		assertThat(this.both.connection("/a")).isSameAs(this.firstConnection);
	}

	@Test
	void connectionThatNobodyObservesCostsNothing() {
		given(this.first.connection("/a")).willReturn(ConnectionObserver.NONE);
		given(this.second.connection("/a")).willReturn(ConnectionObserver.NONE);
		assertThat(this.both.connection("/a")).isSameAs(ConnectionObserver.NONE);
	}

	@Test
	void allObserversGetTheEventsOfAConnection() {
		Throwable failure = new IllegalStateException();
		WebSocket ws = mock(WebSocket.class);
		ConnectionObserver connection = connection();
		given(this.firstConnection.isTiming()).willReturn(true);
		given(this.secondConnection.isTiming()).willReturn(true);
		connection.handshakeStarted(ws);
		connection.connectionOpened();
		connection.messageReceived(1);
		connection.messageStarted();
		connection.messageHandled(2);
		connection.messagesSent(3, 4);
		connection.messagesDropped(5);
		connection.dropNoticeQueued();
		connection.readingResumed(6);
		connection.limitExceeded(Limit.FRAGMENTS);
		connection.pingAnswered(7);
		connection.handlerFailed(failure);
		connection.messageFailed(failure);
		connection.handlerReleased();
		connection.handshakeFailed(8);
		connection.connectionClosed(9, Duration.ZERO);
		for (ConnectionObserver observer : List.of(this.firstConnection, this.secondConnection)) {
			then(observer).should().handshakeStarted(ws);
			then(observer).should().connectionOpened();
			then(observer).should().messageReceived(1);
			then(observer).should().messageStarted();
			then(observer).should().messageHandled(2);
			then(observer).should().messagesSent(3, 4);
			then(observer).should().messagesDropped(5);
			then(observer).should().dropNoticeQueued();
			then(observer).should().readingResumed(6);
			then(observer).should().limitExceeded(Limit.FRAGMENTS);
			then(observer).should().pingAnswered(7);
			then(observer).should().handlerFailed(failure);
			then(observer).should().messageFailed(failure);
			then(observer).should().handlerReleased();
			then(observer).should().handshakeFailed(8);
			then(observer).should().connectionClosed(9, Duration.ZERO);
			then(observer).should(atLeastOnce()).isTiming();
			then(observer).shouldHaveNoMoreInteractions();
		}
	}

	@Test
	void compositeHasAllMethodsOfTheInterface() {
		assertThat(
				Arrays.stream(CompositeConnectionObserver.class.getDeclaredMethods()).map((method) -> method.getName()))
			.contains(Arrays.stream(ConnectionObserver.class.getDeclaredMethods())
				.filter((method) -> !method.isSynthetic())
				.map((method) -> method.getName())
				.toArray(String[]::new));
	}

	@Test
	void timesAreMeasuredIfOneWantsThem() {
		ConnectionObserver connection = connection();
		assertThat(connection.isTiming()).isFalse();
		given(this.secondConnection.isTiming()).willReturn(true);
		assertThat(connection.isTiming()).isTrue();
	}

	@Test
	void observerThatIsNotTimingGetsNoTimes() {
		ConnectionObserver connection = connection();
		given(this.secondConnection.isTiming()).willReturn(true);
		connection.messageStarted();
		connection.messageHandled(1);
		then(this.firstConnection).should(never()).messageStarted();
		then(this.firstConnection).should(never()).messageHandled(anyLong());
		then(this.secondConnection).should().messageStarted();
		then(this.secondConnection).should().messageHandled(1);
	}

	@Test
	void scopesAreClosedFromTheInsideOut() {
		List<String> closed = new ArrayList<>();
		ConnectionObserver connection = connection();
		given(this.firstConnection.handlerEntered()).willReturn(() -> closed.add("first"));
		given(this.secondConnection.handlerEntered()).willReturn(() -> closed.add("second"));
		connection.handlerEntered().close();
		assertThat(closed).containsExactly("second", "first");
	}

	@Test
	void scopeThatSurroundsNothingIsLeftOut() {
		ConnectionObserver.Scope scope = () -> {
		};
		ConnectionObserver connection = connection();
		given(this.firstConnection.handlerEntered()).willReturn(ConnectionObserver.Scope.NONE);
		given(this.secondConnection.handlerEntered()).willReturn(scope);
		assertThat(connection.handlerEntered()).isSameAs(scope);
	}

	private ConnectionObserver connection() {
		given(this.first.connection(any())).willReturn(this.firstConnection);
		given(this.second.connection(any())).willReturn(this.secondConnection);
		return this.both.connection("/a");
	}

}
