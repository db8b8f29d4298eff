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

package io.nexios.ws.server.tomcat.readahead;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link ReadAhead}.
 *
 * @author Nexios Team
 */
class ReadAheadTests {

	private final ReentrantLock lock = new ReentrantLock();

	private final SocketWrapperBase<?> socket = mock();

	private final ReadAhead readAhead = new ReadAhead(this.socket);

	@BeforeEach
	void somethingArrives() throws IOException {
		given(this.socket.getLock()).willReturn(this.lock);
		given(this.socket.isReadyForRead()).willReturn(true);
		// The task that upgrades and the task of the first message
		assertThat(process()).isEqualTo(SocketState.UPGRADED);
		assertThat(process()).isEqualTo(SocketState.UPGRADED);
	}

	@Test
	void nothingIsReadBeforeTheTaskThatUpgradesHasEnded() {
		SocketWrapperBase<?> socket = mock();
		given(socket.getLock()).willReturn(this.lock);
		new ReadAhead(socket).read();
		then(socket).should(never()).registerReadInterest();
	}

	@Test
	void firstMessageIsLeftToTomcat() {
		SocketWrapperBase<?> socket = mock();
		given(socket.getLock()).willReturn(this.lock);
		ReadAhead readAhead = new ReadAhead(socket);
		readAhead.process(() -> SocketState.UPGRADED);
		readAhead.read();
		then(socket).should(never()).registerReadInterest();
		assertThat(readAhead.process(() -> SocketState.UPGRADED)).isEqualTo(SocketState.UPGRADED);
	}

	@Test
	void availableDataIsReadAndTheSocketIsPutBack() throws IOException {
		this.readAhead.read();
		then(this.socket).should().isReadyForRead();
		then(this.socket).should().registerReadInterest();
		assertThat(this.lock.isLocked()).isFalse();
	}

	@Test
	void taskOfWhatWasReadAheadDoesNotPutTheSocketBack() {
		this.readAhead.read();
		assertThat(process()).isEqualTo(SocketState.SUSPENDED);
	}

	@Test
	void oneReportAfterTheOtherIsReadAhead() {
		for (int i = 0; i < 3; i++) {
			this.readAhead.read();
			assertThat(process()).isEqualTo(SocketState.SUSPENDED);
		}
		then(this.socket).should(times(3)).registerReadInterest();
	}

	@Test
	void taskOfWhatWasNotReadAheadPutsTheSocketBack() {
		assertThat(process()).isEqualTo(SocketState.UPGRADED);
	}

	@Test
	void reportWhileATaskWaitsIsNotReadAhead() {
		this.readAhead.read();
		this.readAhead.read();
		then(this.socket).should().registerReadInterest();
		assertThat(process()).isEqualTo(SocketState.SUSPENDED);
		assertThat(process()).isEqualTo(SocketState.UPGRADED);
	}

	@Test
	void pollerDoesNotWaitForATaskAtWork() {
		CompletableFuture<Void> poller;
		this.lock.lock();
		try {
			poller = CompletableFuture.runAsync(this.readAhead::read);
			poller.join();
		}
		finally {
			this.lock.unlock();
		}
		then(this.socket).should(never()).registerReadInterest();
	}

	@Test
	void reportWithoutDataIsLeftToTheTask() throws IOException {
		given(this.socket.isReadyForRead()).willReturn(false);
		this.readAhead.read();
		then(this.socket).should(never()).registerReadInterest();
		assertThat(process()).isEqualTo(SocketState.UPGRADED);
	}

	static Stream<Throwable> failures() {
		return Stream.of(new IOException("Connection reset"), new IllegalStateException("Closed"),
				new OutOfMemoryError("Direct buffer memory"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failureIsLeftToTheTask(Throwable failure) throws IOException {
		willThrow(failure).given(this.socket).isReadyForRead();
		this.readAhead.read();
		then(this.socket).should(never()).registerReadInterest();
		assertThat(this.lock.isLocked()).isFalse();
	}

	@Test
	void socketThatCannotBePutBackIsLeftToTheTask() {
		willThrow(new OutOfMemoryError("Java heap space")).given(this.socket).registerReadInterest();
		this.readAhead.read();
		assertThat(process()).isEqualTo(SocketState.UPGRADED);
	}

	@Test
	void closedSocketIsNotRead() throws IOException {
		given(this.socket.isClosed()).willReturn(true);
		this.readAhead.read();
		then(this.socket).should(never()).isReadyForRead();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "UPGRADED")
	void everyOtherStateStays(SocketState state) {
		this.readAhead.read();
		assertThat(this.readAhead.process(() -> state)).isEqualTo(state);
	}

	@Test
	void peerThatSendsOnIsLeftToTomcatForAWhile() {
		sendOn();
		int left = 0;
		while (process() == SocketState.UPGRADED) {
			this.readAhead.read();
			left++;
		}
		assertThat(left).isEqualTo(32);
	}

	@Test
	void peerThatStillSendsOnIsLeftToTomcatAgain() {
		sendOn();
		for (int i = 0; i < 32; i++) {
			this.readAhead.read();
			assertThat(process()).isEqualTo(SocketState.UPGRADED);
		}
		sendOn();
		this.readAhead.read();
		then(this.socket).should(times(2)).registerReadInterest();
	}

	@Test
	void peerThatSendsOnIsKnownWhileItIsLeftToTomcat() {
		assertThat(this.readAhead.read()).isFalse();
		assertThat(this.readAhead.read()).isFalse();
		process();
		process();
		for (int i = 0; i < 30; i++) {
			assertThat(this.readAhead.read()).isTrue();
			process();
		}
		assertThat(this.readAhead.read()).isFalse();
	}

	@Test
	void nothingIsKnownBeforeTheTaskThatUpgradesHasEnded() {
		SocketWrapperBase<?> socket = mock();
		given(socket.getLock()).willReturn(this.lock);
		assertThat(new ReadAhead(socket).read()).isFalse();
	}

	@Test
	void taskThatComesWhileAnotherLetsGoOfTheLockHasNothingToDo() {
		this.readAhead.read();
		SocketState state = this.readAhead.process(() -> {
			this.readAhead.read();
			assertThat(this.readAhead.process(() -> {
				throw new AssertionError("Processed by two");
			})).isEqualTo(SocketState.SUSPENDED);
			return SocketState.UPGRADED;
		});
		assertThat(state).isEqualTo(SocketState.UPGRADED);
		then(this.socket).should().registerReadInterest();
	}

	@Test
	void socketIsReadAheadAgainAfterATaskThatHadNothingToDo() {
		taskThatComesWhileAnotherLetsGoOfTheLockHasNothingToDo();
		this.readAhead.read();
		assertThat(process()).isEqualTo(SocketState.SUSPENDED);
		then(this.socket).should(times(2)).registerReadInterest();
	}

	@Test
	void failedTaskLetsTheNextOneProcess() {
		assertThatIllegalStateException().isThrownBy(() -> this.readAhead.process(() -> {
			throw new IllegalStateException("failed");
		}));
		assertThat(process()).isEqualTo(SocketState.UPGRADED);
	}

	private SocketState process() {
		return this.readAhead.process(() -> SocketState.UPGRADED);
	}

	private void sendOn() {
		this.readAhead.read();
		this.readAhead.read();
		assertThat(process()).isEqualTo(SocketState.SUSPENDED);
		assertThat(process()).isEqualTo(SocketState.UPGRADED);
	}

}
