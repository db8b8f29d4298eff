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

package io.nexios.ws.server.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.lifecycle.ConnectionIds;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.lifecycle.NoEvents;
import io.nexios.ws.server.limit.Admission;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.limit.Refusal;
import io.nexios.ws.server.limit.TestLimits;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.TestTransport;
import io.nexios.ws.spi.RateLimiter;
import io.nexios.ws.testsupport.Signal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * What a connection does about a peer that exceeds a limit, and when it stops counting.
 *
 * @author Nexios Team
 */
class ConnectionLimitTests {

	private static final CloseStatus TOO_MANY = new CloseStatus(1008, "Too many messages");

	private static final CloseStatus TOO_SLOW = new CloseStatus(1008, "Message too slow");

	private static final long HOUR = Duration.ofHours(1).toNanos();

	private static final int INBOUND_MESSAGES = 2;

	private final ServerThreads threads = new ServerThreads(10);

	private final TestTransport transport = new TestTransport();

	private final List<Limit> exceeded = new CopyOnWriteArrayList<>();

	private final List<Long> credits = new CopyOnWriteArrayList<>();

	private final ServerEnvironment environment = environment();

	private final ConnectionFactory connections = new ConnectionFactory(this.environment, new ConnectionRegistry());

	private final Admission.Ticket ticket = ticket();

	private final Connection connection = this.connections.create("/route", this.ticket,
			(connection) -> mock(WebSocket.class));

	private volatile boolean allowing = true;

	@BeforeEach
	void admit() {
		assertThat(this.ticket.take()).isNull();
	}

	@AfterEach
	void stop() {
		this.threads.close();
		this.transport.assertNoViolations();
	}

	@Test
	void messageAboveTheRateClosesAndIsReportedOnce() {
		open();
		this.allowing = false;
		this.connection.callbacks().text("a", true);
		this.connection.callbacks().text("b", true);
		assertThat(this.exceeded).containsExactly(Limit.MESSAGE_RATE);
		assertThat(this.connection.receive()).isEqualTo(new WSMessage.Disconnect(1008, "Too many messages"));
		assertThat(this.transport.closes()).containsExactly(TOO_MANY);
	}

	@Test
	void messageTooLargeIsTold() {
		open();
		this.connection.callbacks().text("a".repeat(101), true);
		assertThat(this.exceeded).containsExactly(Limit.MESSAGE_SIZE);
	}

	@Test
	void limitExceededBehindACloseIsNotTold() {
		open();
		this.connection.close(CloseStatus.NORMAL);
		this.allowing = false;
		this.connection.callbacks().text("a", true);
		assertThat(this.exceeded).isEmpty();
	}

	@Test
	void messageThatTakesTooLongCloses() {
		open();
		this.connection.callbacks().text("a", false);
		this.connection.open().check().check(System.nanoTime());
		assertThat(this.connection.state()).isEqualTo(State.OPEN);
		this.connection.open().check().check(System.nanoTime() + HOUR);
		await(() -> this.connection.state() == State.CLOSING && !this.transport.closes().isEmpty());
		assertThat(this.transport.closes()).containsExactly(TOO_SLOW);
		await(() -> this.exceeded.equals(List.of(Limit.MESSAGE_TIME)));
	}

	@Test
	void messageThatWaitsForAPauseToEndDoesNotClose() {
		open();
		for (int i = 0; i < INBOUND_MESSAGES; i++) {
			this.connection.callbacks().text("a", true);
		}
		this.connection.callbacks().text("b", false);
		this.connection.open().check().check(System.nanoTime() + HOUR);
		assertThat(this.connection.state()).isEqualTo(State.OPEN);
		for (int i = 0; i < INBOUND_MESSAGES; i++) {
			this.connection.receive();
		}
		this.connection.open().check().check(System.nanoTime() + HOUR + 1);
		this.connection.callbacks().text("c", true);
		assertThat(this.connection.receive()).isEqualTo(new WSMessage.Text("bc"));
	}

	@Test
	void pauseIsCredited() {
		open();
		for (int i = 0; i < INBOUND_MESSAGES; i++) {
			this.connection.callbacks().text("a", true);
		}
		assertThat(this.credits).isEmpty();
		for (int i = 0; i < INBOUND_MESSAGES; i++) {
			this.connection.receive();
		}
		assertThat(this.credits).singleElement().satisfies((nanos) -> assertThat(nanos).isPositive());
	}

	@Test
	void connectionThatIsBeingClosedCountsUntilItsEnd() {
		open();
		this.connection.close(CloseStatus.NORMAL);
		assertThat(ticket().take()).isEqualTo(Refusal.CONNECTIONS);
		this.connection.callbacks().closed(CloseStatus.NORMAL);
		assertThat(ticket().take()).isNull();
	}

	@Test
	void connectionThatIsCutOffCountsNoMore() {
		open();
		this.connection.eviction().cutOff(CloseStatus.GOING_AWAY);
		await(() -> ticket().take() == null);
	}

	@Test
	void connectionThatIsRejectedCountsNoMore() {
		this.connection.reject(HttpReply.of(HttpStatus.FORBIDDEN));
		assertThat(ticket().take()).isNull();
	}

	@Test
	void connectionThatIsRejectedCountsNoMoreWhenItsClientKnows() {
		Signal known = new Signal();
		this.connection.whenEnded(known::await);
		CompletableFuture<Void> rejecting = CompletableFuture
			.runAsync(() -> this.connection.reject(HttpReply.of(HttpStatus.FORBIDDEN)));
		this.connection.awaitDecision();
		assertThat(ticket().take()).isNull();
		known.fire();
		assertThat(rejecting).succeedsWithin(10, TimeUnit.SECONDS);
	}

	@Test
	void connectionThatIsAcceptedAndNotOpenedCountsNoMore() throws Exception {
		CompletableFuture<Void> accepting = CompletableFuture
			.runAsync(() -> this.connection.accept(TestSettings.spec()));
		this.connection.awaitDecision();
		this.connection.notOpened();
		assertThat(ticket().take()).isNull();
		assertThat(accepting).failsWithin(10, TimeUnit.SECONDS);
	}

	@Test
	void connectionWhoseHandlerNeverStartedCountsNoMore() {
		this.connection.neverStarted();
		assertThat(ticket().take()).isNull();
	}

	private void open() {
		CompletableFuture<Void> opening = CompletableFuture.runAsync(() -> {
			this.connection.awaitDecision();
			this.connection.callbacks().opened(this.transport);
		});
		this.connection.receiver().handlerStarted();
		this.connection.accept(TestSettings.spec());
		assertThat(opening).succeedsWithin(10, TimeUnit.SECONDS);
	}

	private Admission.Ticket ticket() {
		return this.connections.admission().ticket(null, null);
	}

	private static void await(BooleanSupplier condition) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(condition::getAsBoolean);
	}

	private ServerEnvironment environment() {
		ServerSettings settings = TestSettings.small()
			.withAcceptTimeout(Duration.ofSeconds(30))
			.withInbound(INBOUND_MESSAGES, 1_000)
			.withHeartbeat(Duration.ZERO, Duration.ofSeconds(10))
			.withLimits(TestLimits.defaults().withConnections(1).withMessagesPerSecond(10))
			.build();
		return new ServerEnvironment(settings, this.threads, new JsonCodec(JsonMapper.shared()), new NoEvents(),
				mock(ChannelBox.class), new Observer(), (perSecond, burst) -> new Limiter(), new ConnectionIds(""),
				new LogThrottle<>());
	}

	private final class Observer implements ServerObserver, ConnectionObserver {

		@Override
		public ConnectionObserver connection(String route) {
			return this;
		}

		@Override
		public void limitExceeded(Limit limit) {
			ConnectionLimitTests.this.exceeded.add(limit);
		}

	}

	private final class Limiter implements RateLimiter {

		@Override
		public boolean tryAcquire(long permits) {
			return ConnectionLimitTests.this.allowing;
		}

		@Override
		public void credit(long nanos) {
			ConnectionLimitTests.this.credits.add(nanos);
		}

	}

}
