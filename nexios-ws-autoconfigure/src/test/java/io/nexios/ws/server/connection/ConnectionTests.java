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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.WebSocketInterruptedException;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.connection.Handshake.Decision;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.lifecycle.NoEvents;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.TestTransport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.HttpStatus;
import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link Connection}. The test's thread is the handler's.
 *
 * @author Nexios Team
 */
@Timeout(60)
class ConnectionTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final CloseStatus OURS = new CloseStatus(4000, "ours");

	private static final CloseStatus THEIRS = new CloseStatus(4001, "theirs");

	private final ServerThreads threads = new ServerThreads(10);

	private final ConnectionRegistry registry = new ConnectionRegistry();

	private final TestTransport transport = new TestTransport();

	private final ExecutorService container = Executors.newCachedThreadPool();

	private final Connection connection = connection(SOON);

	@AfterEach
	void transportWasUsedAsItMayBe() {
		this.container.shutdownNow();
		this.threads.close();
		this.transport.assertNoViolations();
	}

	@Test
	void acceptedConnectionIsOpenAndRegistered() {
		open(this.connection);
		assertThat(this.connection.state()).isEqualTo(State.OPEN);
		assertThat(this.registry.all()).containsExactly(this.connection);
	}

	@Test
	void connectionIsRegisteredBeforeAnybodySeesItOpen() throws Exception {
		for (int round = 0; round < 1_000; round++) {
			Connection connection = connection(SOON);
			Future<?> accepting = this.container.submit(() -> connection.accept(TestSettings.spec()));
			connection.awaitDecision();
			CyclicBarrier start = new CyclicBarrier(2);
			Future<Boolean> registered = this.container.submit(() -> {
				start.await();
				while (connection.state() != State.OPEN) {
					Thread.onSpinWait();
				}
				return this.registry.all().contains(connection);
			});
			start.await();
			connection.callbacks().opened(this.transport);
			assertThat(registered.get(30, TimeUnit.SECONDS)).isTrue();
			accepting.get(30, TimeUnit.SECONDS);
			connection.callbacks().closed(THEIRS);
			assertThat(this.registry.all()).isEmpty();
		}
	}

	@Test
	void rejectionIsTheDecisionAndTheEnd() {
		HttpReply reply = HttpReply.of(HttpStatus.NOT_FOUND);
		this.connection.reject(reply);
		assertThat(this.connection.awaitDecision()).isEqualTo(new Decision.Rejected(reply));
		assertThat(this.connection.state()).isEqualTo(State.REJECTED);
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(new CloseStatus(1006, ""));
	}

	@Test
	void connectionCannotBeAcceptedTwice() {
		open(this.connection);
		assertThatIllegalStateException().isThrownBy(() -> this.connection.accept(TestSettings.spec()))
			.withMessageContaining("already");
	}

	@Test
	void secondAcceptChangesNothing() {
		open(this.connection);
		AcceptanceSpec accepted = this.connection.spec();
		assertThatIllegalStateException().isThrownBy(() -> this.connection.accept(TestSettings.spec("other")));
		assertThat(this.connection.spec()).isSameAs(accepted);
	}

	@Test
	void rejectedConnectionCannotBeAccepted() {
		this.connection.reject(HttpReply.of(HttpStatus.NOT_FOUND));
		assertThatIllegalStateException().isThrownBy(() -> this.connection.accept(TestSettings.spec()))
			.withMessageContaining("rejected");
	}

	@Test
	void handlerThatTakesTooLongToDecideIsAnsweredFor() {
		Connection connection = connection(Duration.ofMillis(20));
		Decision decision = connection.awaitDecision();
		assertThat(decision).isInstanceOfSatisfying(Decision.Rejected.class,
				(rejected) -> assertThat(rejected.reply().status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
		assertThat(connection.endStage()).succeedsWithin(SOON).isEqualTo(new CloseStatus(1006, ""));
	}

	@Test
	void handlerThatAcceptsTooLateIsTold() {
		Connection connection = connection(Duration.ofMillis(20));
		connection.awaitDecision();
		assertDisconnected(1006, () -> connection.accept(TestSettings.spec()));
	}

	@Test
	void handlerThatRejectsTooLateIsTold() {
		Connection connection = connection(Duration.ofMillis(20));
		connection.awaitDecision();
		assertDisconnected(1006, () -> connection.reject(HttpReply.of(HttpStatus.NOT_FOUND)));
	}

	@Test
	void handlerThatAcceptsWhileNobodyWaitsForItIsTold() {
		CompletableFuture<Void> accepting = CompletableFuture
			.runAsync(() -> this.connection.accept(TestSettings.spec()), this.container);
		Awaitility.await().until(() -> this.connection.state() == State.ACCEPTING);
		this.connection.neverStarted();
		assertThat(accepting).failsWithin(SOON)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(WebSocketDisconnect.class);
	}

	@Test
	void handlerIsToldHoweverOftenTheClockHasLooked() throws Exception {
		for (int round = 0; round < 200; round++) {
			Connection connection = connection(Duration.ofMillis(1));
			connection.awaitDecision();
			assertDisconnected(1006, () -> connection.reject(HttpReply.of(HttpStatus.NOT_FOUND)));
		}
	}

	@Test
	void requestThatIsInterruptedIsAnsweredAndKeepsTheFlag() {
		Thread.currentThread().interrupt();
		assertThat(this.connection.awaitDecision()).isInstanceOf(Decision.Rejected.class);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void handlerIsToldThatTheConnectionDidNotOpenInTime() {
		Connection connection = connection(Duration.ofMillis(20));
		this.container.execute(connection::awaitDecision);
		assertDisconnected(1006, () -> connection.accept(TestSettings.spec()));
		assertThat(connection.state()).isEqualTo(State.CLOSED);
	}

	@Test
	void handlerIsToldThatTheContainerRefused() {
		this.container.execute(() -> {
			this.connection.awaitDecision();
			this.connection.notOpened();
		});
		assertDisconnected(1006, () -> this.connection.accept(TestSettings.spec()));
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(new CloseStatus(1006, ""));
	}

	@Test
	void connectionThatOpensTooLateIsClosedAndDropped() {
		Connection connection = connection(Duration.ofMillis(20));
		this.container.execute(connection::awaitDecision);
		assertDisconnected(1006, () -> connection.accept(TestSettings.spec()));
		connection.callbacks().opened(this.transport);
		Awaitility.await().until(() -> this.transport.drops() == 1);
		assertThat(this.transport.closes()).hasSize(1);
		assertThat(connection.state()).isEqualTo(State.CLOSED);
		assertThat(this.registry.all()).isEmpty();
	}

	@Test
	void connectionThatOpensTooLateTakesNoMessages() {
		Connection connection = connection(Duration.ofMillis(20));
		this.container.execute(connection::awaitDecision);
		assertDisconnected(1006, () -> connection.accept(TestSettings.spec()));
		connection.callbacks().opened(this.transport);
		for (int i = 0; i < 20; i++) {
			connection.callbacks().text("a", true);
		}
		assertThat(this.transport.pauses()).isZero();
		assertDisconnected(1006, () -> connection.send(OutboundFrame.text("a")));
		assertThat(this.transport.writes()).isEmpty();
	}

	@Test
	void interruptEndsTheWaitForTheOpenConnectionAndKeepsTheFlag() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(WebSocketInterruptedException.class)
			.isThrownBy(() -> this.connection.accept(TestSettings.spec()));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void messagesAreReceived() {
		open(this.connection);
		this.connection.callbacks().text("a", false);
		this.connection.callbacks().text("b", true);
		this.connection.callbacks().binary(ByteBuffer.wrap(new byte[] { 1 }), true);
		assertThat(this.connection.receive()).isEqualTo(new WSMessage.Text("ab"));
		assertThat(((WSMessage.Bytes) this.connection.receive()).bytes()).containsExactly(1);
	}

	@Test
	void nothingIsReceivedOrSentBeforeTheHandshakeIsDecided() {
		assertThatIllegalStateException().isThrownBy(this.connection::receive).withMessageContaining("accept()");
		assertThatIllegalStateException().isThrownBy(() -> this.connection.send(OutboundFrame.text("a")))
			.withMessageContaining("accept()");
	}

	@Test
	void nothingIsReceivedOrSentAfterARejection() {
		this.connection.reject(HttpReply.of(HttpStatus.NOT_FOUND));
		assertThatIllegalStateException().isThrownBy(this.connection::receive).withMessageContaining("rejected");
		assertThatIllegalStateException().isThrownBy(() -> this.connection.send(OutboundFrame.text("a")))
			.withMessageContaining("rejected");
	}

	@Test
	void endIsReceivedOnceAndThenThrown() {
		open(this.connection);
		this.connection.callbacks().closed(THEIRS);
		assertThat(this.connection.receive()).isEqualTo(new WSMessage.Disconnect(4001, "theirs"));
		assertDisconnected(4001, this.connection::receive);
		assertDisconnected(4001, () -> this.connection.receive(Duration.ZERO));
	}

	@Test
	void peerIsToldNothingAfterItHasLeft() {
		open(this.connection);
		this.connection.callbacks().closed(THEIRS);
		assertDisconnected(4001, () -> this.connection.send(OutboundFrame.text("a")));
		this.connection.close(OURS);
		this.connection.open().closing().terminate(OURS, OURS);
		assertThat(this.transport.writes()).isEmpty();
		assertThat(this.transport.closes()).isEmpty();
		assertThat(this.transport.drops()).isZero();
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(THEIRS);
	}

	@Test
	void messagesThatArrivedBeforeThePeerLeftAreReceivedAndAnswersDiscarded() {
		open(this.connection);
		this.connection.callbacks().text("a", true);
		this.connection.callbacks().text("b", true);
		this.connection.callbacks().closed(THEIRS);
		assertThat(this.connection.receive()).isEqualTo(new WSMessage.Text("a"));
		this.connection.send(OutboundFrame.text("answer"));
		assertThat(this.transport.writes()).isEmpty();
		assertThat(this.connection.receive()).isEqualTo(new WSMessage.Text("b"));
		assertDisconnected(4001, () -> this.connection.send(OutboundFrame.text("answer")));
	}

	@Test
	void applicationThatClosesReceivesNothingMore() {
		open(this.connection);
		this.connection.callbacks().text("a", true);
		this.connection.close(OURS);
		this.connection.callbacks().text("b", true);
		assertThat(this.connection.receive()).isEqualTo(new WSMessage.Disconnect(4000, "ours"));
		assertDisconnected(4000, () -> this.connection.send(OutboundFrame.text("a")));
	}

	@Test
	void closeEndsWhenTheContainerSaysSo() {
		open(this.connection);
		this.connection.close(OURS);
		assertThat(this.transport.closes()).containsExactly(OURS);
		assertThat(this.connection.state()).isEqualTo(State.CLOSING);
		this.connection.callbacks().closed(THEIRS);
		assertThat(this.connection.state()).isEqualTo(State.CLOSED);
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(OURS);
		assertThat(this.registry.all()).isEmpty();
	}

	@Test
	void closeThatThePeerDoesNotAnswerEndsWithoutACode() {
		open(this.connection);
		this.connection.close(OURS);
		this.connection.open().check().check(System.nanoTime() + Duration.ofSeconds(1).toNanos());
		assertThat(this.connection.state()).isEqualTo(State.CLOSING);
		this.connection.open().check().check(System.nanoTime() + Duration.ofSeconds(60).toNanos());
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(new CloseStatus(1006, ""));
		assertThat(this.connection.state()).isEqualTo(State.CLOSED);
		assertThat(this.transport.drops()).isEqualTo(1);
		assertThat(this.registry.all()).isEmpty();
	}

	@Test
	void connectionThatClosesIsRegisteredUntilItIsGone() {
		open(this.connection);
		this.connection.close(OURS);
		assertThat(this.registry.all()).containsExactly(this.connection);
		assertThat(this.connection.endStage().toCompletableFuture()).isNotDone();
		this.connection.callbacks().closed(THEIRS);
		assertThat(this.registry.all()).isEmpty();
	}

	@Test
	void inputProlongsAClose() {
		open(this.connection);
		long start = System.nanoTime();
		this.connection.close(OURS);
		Awaitility.await().until(() -> System.nanoTime() - start > Duration.ofMillis(20).toNanos());
		this.connection.callbacks().text("more", true);
		this.connection.open().check().check(start + Duration.ofSeconds(10).plusMillis(20).toNanos());
		assertThat(this.connection.state()).isEqualTo(State.CLOSING);
		this.connection.open().check().check(start + Duration.ofSeconds(60).plusMillis(20).toNanos());
		Awaitility.await().until(() -> this.connection.state() == State.CLOSED);
	}

	@Test
	void messageThatIsTooLargeClosesBehindTheOthers() {
		open(this.connection);
		this.connection.callbacks().text("a", true);
		this.connection.callbacks().text("x".repeat(101), true);
		this.connection.callbacks().text("b", true);
		assertThat(this.connection.receive()).isEqualTo(new WSMessage.Text("a"));
		assertThat(this.connection.receive()).isEqualTo(new WSMessage.Disconnect(1009, "Message too large"));
		assertThat(this.transport.closes()).extracting(CloseStatus::getCode).containsExactly(1009);
	}

	@Test
	void terminatedConnectionIsDroppedWithinASecondIfItsWriteDoesNotEnd() {
		open(this.connection);
		this.transport.writing(new TestTransport.Later());
		this.connection.send(OutboundFrame.text("a"));
		this.connection.open().closing().terminate(OURS, OURS);
		assertThat(this.connection.state()).isEqualTo(State.CLOSING);
		this.connection.open().check().check(System.nanoTime() + Duration.ofMillis(1_001).toNanos());
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(OURS);
		assertThat(this.transport.closes()).isEmpty();
		assertThat(this.transport.drops()).isEqualTo(1);
		assertThat(this.registry.all()).isEmpty();
	}

	@Test
	void terminatedConnectionClosesBehindTheWriteThatIsUnderWay() {
		open(this.connection);
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		this.connection.send(OutboundFrame.text("a"));
		this.connection.offer(OutboundFrame.text("b"));
		this.connection.open().closing().terminate(OURS, OURS);
		assertThat(this.transport.closes()).isEmpty();
		later.next().succeeded();
		Awaitility.await().untilAsserted(() -> assertThat(this.transport.closes()).containsExactly(OURS));
		assertThat(this.transport.texts()).containsExactly("a");
	}

	@Test
	void terminatedConnectionOutlivesNoProgress() {
		open(this.connection);
		this.connection.open().closing().terminate(OURS, OURS);
		this.connection.callbacks().text("more", true);
		this.connection.open().check().check(System.nanoTime() + Duration.ofMillis(1_001).toNanos());
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(OURS);
	}

	@Test
	void connectionThatIsCutOffIsGoneAtOnce() {
		open(this.connection);
		this.connection.close(OURS);
		this.connection.eviction().cutOff(OURS);
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(new CloseStatus(1006, ""));
		assertThat(this.transport.drops()).isEqualTo(1);
	}

	@Test
	void terminatedConnectionIsReadFromAgain() {
		open(this.connection);
		for (int i = 0; i < 8; i++) {
			this.connection.callbacks().text("a", true);
		}
		assertThat(this.transport.pauses()).isEqualTo(1);
		this.connection.open().closing().terminate(OURS, OURS);
		Awaitility.await().untilAsserted(() -> assertThat(this.transport.resumes()).isEqualTo(1));
	}

	@Test
	void peerThatDoesNotReadForTooLongIsDisconnected() {
		open(this.connection);
		this.transport.writing(new TestTransport.Later());
		this.connection.send(OutboundFrame.text("a"));
		this.connection.open().check().check(System.nanoTime() + Duration.ofSeconds(60).toNanos());
		this.connection.open().check().check(System.nanoTime() + Duration.ofSeconds(60).toNanos());
		assertThat(this.connection.endStage()).succeedsWithin(SOON).extracting(CloseStatus::getCode).isEqualTo(1013);
	}

	@Test
	void peerForWhichOtherThreadsSendTooMuchIsDisconnected() throws Exception {
		open(this.connection);
		this.transport.writing(new TestTransport.Later());
		this.container.submit(() -> {
			this.connection.send(OutboundFrame.text("0123456789"));
			this.connection.send(OutboundFrame.text("a"));
		}).get(30, TimeUnit.SECONDS);
		this.connection.callbacks().closed(CloseStatus.NO_CLOSE_FRAME);
		assertThat(this.connection.endStage()).succeedsWithin(SOON).extracting(CloseStatus::getCode).isEqualTo(1013);
	}

	@Test
	void peerThatIsTooSlowElsewhereIsDisconnected() {
		open(this.connection);
		this.connection.eviction().tooSlow();
		this.connection.callbacks().closed(CloseStatus.NO_CLOSE_FRAME);
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(Limit.OUTBOUND_BYTES.status());
	}

	@Test
	void undecidedHandshakeOfAPeerThatIsTooSlowIsAnsweredWith503() {
		this.connection.eviction().tooSlow();
		assertThat(this.connection.awaitDecision()).isInstanceOfSatisfying(Decision.Rejected.class,
				(decision) -> assertThat(decision.reply().status().value()).isEqualTo(503));
		assertDisconnected(1006, () -> this.connection.accept(TestSettings.spec()));
	}

	@Test
	void acceptedConnectionOfAPeerThatIsTooSlowDoesNotOpen() {
		this.container.execute(() -> {
			this.connection.awaitDecision();
			this.connection.eviction().tooSlow();
			this.connection.callbacks().opened(this.transport);
		});
		assertDisconnected(1006, () -> this.connection.accept(TestSettings.spec()));
		assertThat(this.connection.state()).isEqualTo(State.CLOSED);
		Awaitility.await().until(() -> !this.transport.closes().isEmpty());
		assertThat(this.registry.all()).isEmpty();
	}

	@Test
	void peerThatHasLeftIsNotTooSlow() {
		open(this.connection);
		this.connection.callbacks().closed(THEIRS);
		this.connection.eviction().tooSlow();
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(THEIRS);
	}

	@ParameterizedTest
	@EnumSource
	void overflowPolicyIsKnownOnceTheHandshakeIsAccepted(OverflowPolicy policy) {
		assertThat(this.connection.isDropping()).isFalse();
		AcceptanceSpec spec = TestSettings.spec();
		spec.overflow(policy);
		this.container.execute(() -> {
			this.connection.awaitDecision();
			this.connection.callbacks().opened(this.transport);
		});
		this.connection.accept(spec);
		assertThat(this.connection.isDropping()).isEqualTo(policy != OverflowPolicy.CLOSE);
	}

	@Test
	void handlerThatWaitsForRoomIsReleasedWhenThePeerLeaves() {
		open(this.connection);
		TestTransport.Later later = new TestTransport.Later();
		this.transport.writing(later);
		this.connection.send(OutboundFrame.text("0123456789"));
		Thread handler = Thread.currentThread();
		this.container.execute(() -> {
			Awaitility.await().until(() -> handler.getState() == Thread.State.WAITING);
			this.connection.callbacks().closed(THEIRS);
		});
		assertDisconnected(4001, () -> this.connection.send(OutboundFrame.text("a")));
	}

	@Test
	void writeThatFailsEndsTheConnectionWithoutACloseFrame() {
		open(this.connection);
		this.transport.writing(TestTransport.Writing.failing(new IOException("broken")));
		this.connection.send(OutboundFrame.text("a"));
		assertDisconnected(1006, () -> this.connection.send(OutboundFrame.text("b")));
		assertThat(this.connection.receive()).isEqualTo(new WSMessage.Disconnect(1006, ""));
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(new CloseStatus(1006, ""));
		assertThat(this.transport.drops()).isEqualTo(1);
		assertThat(this.transport.closes()).isEmpty();
		assertThat(this.registry.all()).isEmpty();
	}

	@Test
	void containerHasAMomentToSayWhyAWriteFailed() {
		open(this.connection);
		this.transport.writing(TestTransport.Writing.failing(new IOException("broken")));
		this.connection.send(OutboundFrame.text("a"));
		this.connection.callbacks().closed(THEIRS);
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(THEIRS);
	}

	@Test
	void endIsToldOnAThreadOfOurs() {
		open(this.connection);
		CompletableFuture<String> thread = this.connection.endStage()
			.thenApply((status) -> Thread.currentThread().getName())
			.toCompletableFuture();
		this.connection.callbacks().closed(THEIRS);
		assertThat(thread).succeedsWithin(SOON).asString().startsWith("nexios-ws-");
	}

	@Test
	void endIsToldAlsoWhenTheServerHasStopped() {
		open(this.connection);
		this.threads.close();
		this.connection.open().closing().terminate(OURS, OURS);
		assertThat(this.connection.endStage()).succeedsWithin(SOON).isEqualTo(OURS);
	}

	@Test
	void racingEndsAgreeAndAreToldOnce() throws Exception {
		for (int round = 0; round < 400; round++) {
			TestTransport transport = new TestTransport();
			Connection connection = connection(SOON);
			open(connection, transport);
			AtomicInteger told = new AtomicInteger();
			connection.endStage().thenRun(told::incrementAndGet);
			race(() -> connection.close(OURS),
					() -> connection.open().closing().terminate(new CloseStatus(4002, ""), OURS),
					() -> connection.callbacks().closed(THEIRS),
					() -> connection.open().closing().exceeded(Limit.MESSAGE_SIZE));
			connection.callbacks().closed(THEIRS);
			CloseStatus status = connection.endStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
			assertThat(connection.receive()).isEqualTo(new WSMessage.Disconnect(status.getCode(), status.getReason()));
			Awaitility.await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> told.get() == 1);
			assertThat(this.registry.all()).isEmpty();
			transport.assertNoViolations();
		}
	}

	@Test
	void racingDecisionsHaveOneWinner() throws Exception {
		for (int round = 0; round < 400; round++) {
			Connection connection = connection(Duration.ofNanos(1));
			AtomicInteger rejected = new AtomicInteger();
			List<Decision> decisions = new ArrayList<>();
			race(() -> {
				if (connection.tryReject(HttpReply.of(HttpStatus.FORBIDDEN))) {
					rejected.incrementAndGet();
				}
			}, () -> decisions.add(connection.awaitDecision()));
			assertThat(decisions).singleElement()
				.isInstanceOfSatisfying(Decision.Rejected.class,
						(decision) -> assertThat(decision.reply().status().value())
							.isEqualTo((rejected.get() == 1) ? 403 : 503));
		}
	}

	private void race(Runnable... runners) throws Exception {
		CyclicBarrier start = new CyclicBarrier(runners.length);
		List<Future<?>> futures = new ArrayList<>();
		for (Runnable runner : runners) {
			futures.add(this.container.submit(() -> {
				start.await();
				runner.run();
				return null;
			}));
		}
		for (Future<?> future : futures) {
			future.get(10, TimeUnit.SECONDS);
		}
	}

	private Connection connection(Duration acceptTimeout) {
		ServerEnvironment environment = LocalConnection.environment(
				TestSettings.small().withAcceptTimeout(acceptTimeout).build(), this.threads, new NoEvents(),
				mock(ChannelBox.class));
		ConnectionFactory factory = new ConnectionFactory(environment, this.registry);
		return factory.create("/route", factory.admission().ticket(null, null), (connection) -> mock(WebSocket.class));
	}

	private void open(Connection connection) {
		open(connection, this.transport);
	}

	private void open(Connection connection, TestTransport transport) {
		this.container.execute(() -> {
			connection.awaitDecision();
			connection.callbacks().opened(transport);
		});
		connection.receiver().handlerStarted();
		connection.accept(TestSettings.spec());
	}

	private static void assertDisconnected(int code, Runnable call) {
		assertThatExceptionOfType(WebSocketDisconnect.class).isThrownBy(call::run)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

}
