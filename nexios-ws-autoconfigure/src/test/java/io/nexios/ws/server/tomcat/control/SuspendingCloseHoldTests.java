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

package io.nexios.ws.server.tomcat.control;

import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.websocket.WsSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

/**
 * Tests for {@link SuspendingCloseHold} with a session that suspends and resumes as
 * Tomcat's does, and tasks that read it.
 *
 * @author Nexios Team
 */
@Timeout(120)
class SuspendingCloseHoldTests {

	private static final int ROUNDS = 5_000;

	private final ExecutorService tasks = Executors.newFixedThreadPool(3);

	private final WsSession session = mock(WsSession.class, withSettings().stubOnly());

	private final SocketWrapperBase<?> socket = mock(SocketWrapperBase.class, withSettings().stubOnly());

	private ModelFrame frame = new ModelFrame();

	SuspendingCloseHoldTests() {
		willAnswer((invocation) -> {
			this.frame.suspend();
			return null;
		}).given(this.session).suspend();
		willAnswer((invocation) -> {
			this.frame.resume();
			return null;
		}).given(this.session).resume();
		willAnswer((invocation) -> {
			this.frame.startTask();
			return true;
		}).given(this.socket).processSocket(any(), anyBoolean());
		willAnswer((invocation) -> {
			this.frame.bytes.incrementAndGet();
			return null;
		}).given(this.socket).unRead(any());
	}

	@AfterEach
	void stop() {
		this.tasks.shutdownNow();
	}

	@Test
	void frameIsNotHeldWhenItIsAnsweredBefore() {
		this.frame.hold.answered();
		this.frame.startTask();
		this.frame.awaitProcessed();
		assertThat(this.frame.suspensions.get()).isZero();
	}

	@Test
	void taskThatComesDuringTheHoldDoesNothing() {
		this.frame.startTask();
		this.frame.awaitIdle();
		this.frame.startTask();
		this.frame.awaitIdle();
		assertThat(this.frame.processed.get()).isZero();
		this.frame.hold.answered();
		this.frame.awaitProcessed();
	}

	@Test
	void frameIsProcessedWhoeverComesFirst() throws Exception {
		Random random = new Random(7);
		int held = 0;
		for (int i = 0; i < ROUNDS; i++) {
			ModelFrame frame = new ModelFrame();
			this.frame = frame;
			int before = random.nextInt(300);
			int between = random.nextInt(300);
			Future<?> answerer = this.tasks.submit(() -> {
				spin(between);
				frame.hold.answered();
				frame.hold.answered();
			});
			spin(before);
			frame.startTask();
			answerer.get(10, TimeUnit.SECONDS);
			frame.awaitProcessed();
			frame.awaitIdle();
			held += frame.suspensions.get();
		}
		assertThat(held).isBetween(1, ROUNDS);
	}

	private static void spin(int times) {
		for (int i = 0; i < times; i++) {
			Thread.onSpinWait();
		}
	}

	/**
	 * Models the states of Tomcat's {@code WsFrameServer}. Its input is one close frame.
	 */
	private final class ModelFrame {

		final SuspendingCloseHold hold = new SuspendingCloseHold(SuspendingCloseHoldTests.this.session,
				SuspendingCloseHoldTests.this.socket);

		final AtomicInteger suspensions = new AtomicInteger();

		final AtomicInteger processed = new AtomicInteger();

		final AtomicInteger bytes = new AtomicInteger(1);

		private final AtomicInteger pending = new AtomicInteger();

		private final AtomicReference<ReadState> state = new AtomicReference<>(ReadState.WAITING);

		private final AtomicReference<Throwable> failure = new AtomicReference<>();

		private final ReentrantLock lock = new ReentrantLock();

		void suspend() {
			this.suspensions.incrementAndGet();
			if (!this.state.compareAndSet(ReadState.PROCESSING, ReadState.SUSPENDING)) {
				this.failure.set(new IllegalStateException("suspended in " + this.state));
			}
		}

		void resume() {
			if (this.state.compareAndSet(ReadState.SUSPENDING, ReadState.PROCESSING)) {
				return;
			}
			if (this.state.compareAndSet(ReadState.SUSPENDED, ReadState.WAITING)) {
				startTask();
				return;
			}
			resumeAgain();
		}

		// The task may have become suspended in between
		private void resumeAgain() {
			if (this.state.compareAndSet(ReadState.SUSPENDED, ReadState.WAITING)) {
				startTask();
			}
		}

		void startTask() {
			this.pending.incrementAndGet();
			SuspendingCloseHoldTests.this.tasks.execute(() -> {
				this.lock.lock();
				try {
					task();
				}
				catch (Throwable ex) {
					this.failure.set(ex);
				}
				finally {
					this.lock.unlock();
					this.pending.decrementAndGet();
				}
			});
		}

		private void task() {
			if (this.processed.get() > 0 || !this.hold.mayRead()) {
				return;
			}
			if (!this.state.compareAndSet(ReadState.WAITING, ReadState.PROCESSING)) {
				throw new IllegalStateException("Unexpected read state [" + this.state + "]");
			}
			read();
			if (!this.state.compareAndSet(ReadState.PROCESSING, ReadState.WAITING)
					&& !this.state.compareAndSet(ReadState.SUSPENDING, ReadState.SUSPENDED)) {
				// Resumed in between
				this.state.set(ReadState.WAITING);
			}
		}

		private boolean seen;

		// Looks at the frame if there is a byte to read
		private void read() {
			if (this.bytes.getAndSet(0) == 0) {
				return;
			}
			boolean held = !this.seen && this.hold.hold();
			this.seen = true;
			if (!held) {
				this.processed.incrementAndGet();
			}
		}

		void awaitProcessed() {
			await(() -> this.processed.get() == 1);
		}

		void awaitIdle() {
			await(() -> this.pending.get() == 0);
		}

		private void await(BooleanSupplier condition) {
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
			while (!condition.getAsBoolean()) {
				assertThat(this.failure.get()).isNull();
				assertThat(System.nanoTime() - deadline).as("in %s", this.state).isNegative();
				Thread.onSpinWait();
			}
			assertThat(this.failure.get()).isNull();
		}

	}

	private enum ReadState {

		WAITING, PROCESSING, SUSPENDING, SUSPENDED

	}

}
