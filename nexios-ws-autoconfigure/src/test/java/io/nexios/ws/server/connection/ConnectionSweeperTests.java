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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.lifecycle.NoEvents;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.TestTransport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ConnectionSweeper}, with a clock of their own: sweeps come every 500
 * ms, a message may wait for two minutes, much longer than a test takes.
 *
 * @author Nexios Team
 */
@Timeout(60)
class ConnectionSweeperTests {

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private final ServerThreads threads = new ServerThreads(10);

	private final ConnectionRegistry registry = new ConnectionRegistry();

	private final ServerEnvironment environment = LocalConnection.environment(settings(), this.threads, new NoEvents(),
			mock(ChannelBox.class));

	private final ConnectionFactory connections = new ConnectionFactory(this.environment, this.registry);

	private final AtomicLong nanoTime = new AtomicLong();

	private ConnectionSweeper sweeper;

	private static ServerSettings settings() {
		return TestSettings.small().withOutboundMaxMessages(10).withOutboundMaxAge(Duration.ofMinutes(2)).build();
	}

	/**
	 * The clock of the sweeper goes on from that of what it sweeps.
	 */
	@BeforeEach
	void startClock() {
		this.nanoTime.set(System.nanoTime());
		this.sweeper = new ConnectionSweeper(this.environment, this.registry, this.connections.budget(),
				this.nanoTime::get);
	}

	@AfterEach
	void stop() {
		this.threads.close();
	}

	@Test
	void peerThatDoesNotReadIsGivenUpInTime() {
		Connection connection = stalled();
		sweeps(120);
		assertThat(connection.state()).isEqualTo(State.OPEN);
		assertGivenUpSoon(connection, INTERVAL);
	}

	@Test
	void lateSweepGivesNobodyUp() {
		Connection connection = stalled();
		sweepAfter(Duration.ofMinutes(3));
		sweeps(120);
		assertThat(connection.state()).isEqualTo(State.OPEN);
		assertGivenUpSoon(connection, INTERVAL);
	}

	@Test
	void sweepsThatAreAllLateGiveUpAPeerInTheEnd() {
		Connection connection = stalled();
		for (int i = 0; i < 3 + 120; i++) {
			sweepAfter(Duration.ofMinutes(3));
		}
		assertThat(connection.state()).isEqualTo(State.OPEN);
		assertGivenUpSoon(connection, Duration.ofMinutes(3));
	}

	@Test
	void errorOfOneConnectionKeepsNoOtherFromBeingChecked() {
		Connection broken = open(new TestTransport());
		ReflectionTestUtils.setField(broken, "handshake", null);
		Connection connection = stalled();
		assertGivenUpSoon(connection, INTERVAL);
	}

	@Test
	void errorDoesNotEndWhatIsScheduledRepeatedly() {
		AtomicInteger runs = new AtomicInteger();
		this.threads.scheduleRepeatedly(() -> {
			runs.incrementAndGet();
			throw new OutOfMemoryError("unable to create native thread");
		}, Duration.ofMillis(1));
		Awaitility.await().until(() -> runs.get() > 2);
	}

	@Test
	void sweeperIsScheduled() {
		ScheduledThreadPoolExecutor clock = (ScheduledThreadPoolExecutor) ReflectionTestUtils.getField(this.threads,
				"clock");
		int before = clock.getQueue().size();
		this.sweeper.start();
		assertThat(clock.getQueue()).hasSize(before + 1);
	}

	private void sweeps(int count) {
		for (int i = 0; i < count; i++) {
			sweepAfter(INTERVAL);
		}
	}

	private void sweepAfter(Duration passed) {
		// Otherwise it would be held up, too
		CompletableFuture<Void> tasks = new CompletableFuture<>();
		this.threads.execute(() -> tasks.complete(null));
		assertThat(tasks).succeedsWithin(Duration.ofSeconds(10));
		this.nanoTime.addAndGet(passed.toNanos());
		this.sweeper.sweep();
	}

	private Connection stalled() {
		TestTransport transport = new TestTransport().writing(new TestTransport.Later());
		Connection connection = open(transport);
		connection.offer(OutboundFrame.text("a"));
		Awaitility.await().until(() -> !transport.frames().isEmpty());
		startClock();
		return connection;
	}

	private Connection open(TestTransport transport) {
		Connection connection = this.connections.create("c" + this.registry.size(), "/route",
				this.connections.admission().ticket(null, null), (view) -> mock(WebSocket.class));
		CompletableFuture<Void> accepted = CompletableFuture.runAsync(() -> connection.accept(TestSettings.spec()));
		connection.awaitDecision();
		connection.callbacks().opened(transport);
		assertThat(accepted).succeedsWithin(Duration.ofSeconds(10));
		return connection;
	}

	/**
	 * On a busy machine a task of the server may be late, and excuse the peer a few
	 * times.
	 */
	private void assertGivenUpSoon(Connection connection, Duration passing) {
		for (int i = 0; i < 2_000 && !connection.endStage().toCompletableFuture().isDone(); i++) {
			sweepAfter(passing);
		}
		assertThat(connection.endStage()).succeedsWithin(Duration.ofSeconds(5))
			.isEqualTo(new CloseStatus(1013, "Too slow in reading"));
	}

}
