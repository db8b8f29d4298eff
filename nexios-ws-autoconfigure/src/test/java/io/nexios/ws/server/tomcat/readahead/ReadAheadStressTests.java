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
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

/**
 * Tests for {@link ReadAhead} with a peer, a poller and the threads of tasks at work on a
 * socket that behaves as Tomcat's do.
 *
 * @author Nexios Team
 */
@Timeout(120)
class ReadAheadStressTests {

	private static final int MESSAGES = 60_000;

	private static final Duration STALL = Duration.ofSeconds(10);

	private final ExecutorService tasks = Executors.newFixedThreadPool(3);

	private final ExecutorService poller = Executors.newSingleThreadExecutor();

	private final AtomicBoolean inside = new AtomicBoolean();

	private final ModelSocket socket = new ModelSocket();

	private final ReadAhead readAhead = new ReadAhead(this.socket.wrapper);

	@AfterEach
	void stop() {
		this.poller.shutdownNow();
		this.tasks.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 8, 64 })
	void nothingIsForgottenWhateverThePace(int inFlight) throws Exception {
		Future<Integer> polled = this.poller.submit(this::poll);
		Random random = new Random(inFlight);
		Semaphore window = this.socket.window;
		window.release(inFlight);
		for (int i = 0; i < MESSAGES; i++) {
			assertThat(window.tryAcquire(STALL.toMillis(), TimeUnit.MILLISECONDS)).as("message %d", i).isTrue();
			this.socket.arrived.incrementAndGet();
			spin(random, 60);
		}
		Awaitility.await()
			.atMost(STALL)
			.untilAsserted(() -> assertThat(this.socket.processed.get()).isEqualTo(MESSAGES));
		this.socket.closed = true;
		// If the selector reported data that is already read, the reports would never end
		assertThat(polled.get(10, TimeUnit.SECONDS)).isLessThanOrEqualTo(2 * MESSAGES);
	}

	@Test
	void socketIsInTheSelectorWhenAllIsProcessed() throws Exception {
		Future<Integer> polled = this.poller.submit(this::poll);
		Random random = new Random(5);
		int sent = 0;
		for (int round = 0; round < 3_000; round++) {
			int burst = 1 + random.nextInt(4);
			for (int i = 0; i < burst; i++) {
				this.socket.arrived.incrementAndGet();
				spin(random, 100);
			}
			sent += burst;
			awaitQuiet(sent);
		}
		this.socket.closed = true;
		assertThat(polled.get(10, TimeUnit.SECONDS)).isPositive();
	}

	private void awaitQuiet(int sent) {
		long deadline = System.nanoTime() + STALL.toNanos();
		while (this.socket.processed.get() < sent || !this.socket.watched.get()) {
			assertThat(System.nanoTime() - deadline).as("processed %d of %d", this.socket.processed.get(), sent)
				.isNegative();
			Thread.onSpinWait();
		}
	}

	/**
	 * Report what has arrived, as Tomcat's poller does.
	 * @return the number of reports
	 */
	private int poll() {
		Random random = new Random(1);
		int reports = 0;
		while (!this.socket.closed) {
			if (this.socket.watched.get() && this.socket.arrived.get() > 0) {
				reports++;
				this.socket.watched.set(false);
				this.readAhead.read();
				this.tasks.execute(this::process);
			}
			spin(random, 20);
		}
		return reports;
	}

	/**
	 * Process all that there is, as Tomcat's tasks do.
	 */
	private void process() {
		this.socket.lock.lock();
		try {
			if (this.readAhead.process(this::takeAll) == SocketState.UPGRADED) {
				this.socket.watched.set(true);
			}
		}
		finally {
			this.socket.lock.unlock();
		}
	}

	private SocketState takeAll() {
		assertThat(this.inside.compareAndSet(false, true)).as("Only one processes").isTrue();
		this.socket.takeAll();
		Random random = new Random(this.socket.processed.get());
		spin(random, 80);
		if (random.nextInt(8) == 0) {
			// Tomcat does so if it has to close after a message of another thread
			this.socket.lock.unlock();
			spin(random, 200);
			this.socket.lock.lock();
		}
		this.inside.set(false);
		return SocketState.UPGRADED;
	}

	private static void spin(Random random, int bound) {
		for (int i = random.nextInt(bound); i > 0; i--) {
			Thread.onSpinWait();
		}
	}

	/**
	 * A socket whose data the selector reports until it is read.
	 */
	private static final class ModelSocket {

		private final ReentrantLock lock = new ReentrantLock();

		private final AtomicBoolean watched = new AtomicBoolean(true);

		private final AtomicInteger arrived = new AtomicInteger();

		private final AtomicInteger processed = new AtomicInteger();

		private final Semaphore window = new Semaphore(0);

		private final SocketWrapperBase<?> wrapper = mock(withSettings().stubOnly());

		private int buffered;

		private volatile boolean closed;

		private ModelSocket() {
			given(this.wrapper.getLock()).willReturn(this.lock);
			try {
				given(this.wrapper.isReadyForRead()).willAnswer((invocation) -> fill());
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			willAnswer((invocation) -> {
				this.watched.set(true);
				return null;
			}).given(this.wrapper).registerReadInterest();
		}

		private boolean fill() {
			assertThat(this.lock.isHeldByCurrentThread()).isTrue();
			if (this.buffered == 0) {
				this.buffered = this.arrived.getAndSet(0);
			}
			return this.buffered > 0;
		}

		private void takeAll() {
			while (fill()) {
				this.processed.addAndGet(this.buffered);
				this.window.release(this.buffered);
				this.buffered = 0;
			}
		}

	}

}
