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
import java.util.concurrent.TimeUnit;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.lifecycle.NoEvents;
import io.nexios.ws.server.outbound.OutboundBudget;
import io.nexios.ws.server.outbound.OutboundLoad;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.DropNotice;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.TestTransport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link LoadShedding}.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class LoadSheddingTests {

	private static final int KILO = 1_000;

	private final ServerThreads threads = new ServerThreads(10);

	private final ConnectionRegistry registry = new ConnectionRegistry();

	private final ServerEnvironment environment = LocalConnection.environment(
			TestSettings.defaults().withOutboundTotalMaxBytes(10 * KILO).build(), this.threads, new NoEvents(),
			mock(ChannelBox.class));

	private final ConnectionFactory connections = new ConnectionFactory(this.environment, this.registry);

	private final OutboundBudget budget = this.connections.budget();

	private final TestTransport.Later stalled = new TestTransport.Later();

	@AfterEach
	void stop() {
		this.threads.close();
	}

	@Test
	void nothingHappensWithinTheLimit() {
		Connection connection = open("a", OverflowPolicy.CLOSE);
		send(connection, 4 * KILO, 4 * KILO);
		this.budget.check();
		this.threads.close();
		assertThat(connection.state()).isEqualTo(State.OPEN);
	}

	@Test
	void messagesThatMayBeDroppedGoFirst() {
		Connection slowest = open("slowest", OverflowPolicy.CLOSE);
		Connection dropping = open("dropping", OverflowPolicy.DROP_OLDEST);
		send(slowest, KILO, KILO);
		send(dropping, KILO, 5 * KILO);
		send(slowest, 3 * KILO);
		Awaitility.await().until(() -> !this.budget.isExceeded());
		assertThat(slowest.state()).isEqualTo(State.OPEN);
		assertThat(dropping.state()).isEqualTo(State.OPEN);
	}

	@Test
	void slowestConnectionGoesNext(CapturedOutput output) {
		Connection slowest = open("slowest", OverflowPolicy.CLOSE);
		send(slowest, KILO, 4 * KILO);
		Connection other = open("other", OverflowPolicy.CLOSE);
		send(other, KILO, 4 * KILO, KILO);
		Awaitility.await().until(() -> slowest.state() == State.CLOSING);
		slowest.callbacks().closed(CloseStatus.NO_CLOSE_FRAME);
		assertThat(slowest.endStage()).succeedsWithin(Duration.ofSeconds(10))
			.extracting(CloseStatus::getCode)
			.isEqualTo(1013);
		Awaitility.await().until(() -> output.getAll().contains("closed the 1 slowest of"));
		assertThat(other.state()).isEqualTo(State.OPEN);
	}

	@Test
	void messageBeingWrittenClosesNoOtherConnection() {
		Connection slowest = open("slowest", OverflowPolicy.CLOSE);
		send(slowest, 9 * KILO);
		Connection other = open("other", OverflowPolicy.CLOSE);
		send(other, KILO, KILO);
		Awaitility.await().until(() -> slowest.state() == State.CLOSING);
		assertThat(this.budget.isExceeded()).isTrue();
		this.budget.check();
		this.threads.close();
		assertThat(other.state()).isEqualTo(State.OPEN);
		this.stalled.next().succeeded();
		assertThat(this.budget.isExceeded()).isFalse();
	}

	@Test
	void noticesOfDroppedMessagesStay() {
		Connection dropping = open("dropping", OverflowPolicy.DROP_OLDEST);
		send(dropping, KILO);
		dropping.offer(large("lost"));
		dropping.offer(large("lost"));
		Awaitility.await().until(() -> !this.budget.isExceeded());
		assertThat(dropping.state()).isEqualTo(State.OPEN);
		assertThat(load(dropping).messages()).isEqualTo(2);
		assertThat(load(dropping).bytes()).isEqualTo(KILO + "lost".length());
	}

	@Test
	void connectionWithNoticesAloneIsClosed() {
		Connection dropping = open("dropping", OverflowPolicy.DROP_OLDEST);
		send(dropping, KILO);
		dropping.offer(large("x".repeat(11 * KILO)));
		dropping.offer(large("x".repeat(11 * KILO)));
		Awaitility.await().until(() -> dropping.state() == State.CLOSING);
		assertThat(this.budget.isExceeded()).isFalse();
		this.threads.close();
	}

	private static OutboundFrame large(String notice) {
		OutboundFrame frame = OutboundFrame.text(notice);
		return OutboundFrame.text("a".repeat(6 * KILO), new DropNotice("topic", () -> frame));
	}

	private static OutboundLoad load(Connection connection) {
		return connection.open().outbound().load(System.nanoTime());
	}

	private Connection open(String id, OverflowPolicy policy) {
		Connection connection = this.connections.create(id, "/route", this.connections.admission().ticket(null, null),
				(view) -> mock(WebSocket.class));
		AcceptanceSpec spec = new AcceptanceSpec(List.of(), null, this.environment.settings().maxMessageSize(),
				this.environment.settings().outbound().overflow());
		spec.overflow(policy);
		CompletableFuture<Void> accepted = CompletableFuture.runAsync(() -> connection.accept(spec));
		connection.awaitDecision();
		connection.callbacks().opened(new TestTransport().writing(this.stalled));
		assertThat(accepted).succeedsWithin(Duration.ofSeconds(10));
		return connection;
	}

	private void send(Connection connection, int... sizes) {
		for (int size : sizes) {
			boolean first = connection.open().outbound().load(System.nanoTime()).messages() == 0;
			connection.offer(OutboundFrame.binary(new byte[size]));
			if (first) {
				awaitWrite(connection);
			}
		}
	}

	private void awaitWrite(Connection connection) {
		TestTransport transport = connection.unwrap(TestTransport.class);
		Awaitility.await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> !transport.frames().isEmpty());
	}

}
