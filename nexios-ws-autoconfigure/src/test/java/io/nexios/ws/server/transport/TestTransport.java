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

package io.nexios.ws.server.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A transport without a peer. It records its calls, writes in the way that a test
 * chooses, and checks that its callers keep the contract of {@link Transport}.
 *
 * @author Nexios Team
 */
public final class TestTransport implements Transport {

	private static final int PATIENCE_SECONDS = 10;

	private final List<List<OutboundFrame>> writes = Collections.synchronizedList(new ArrayList<>());

	private final List<CloseStatus> closes = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger drops = new AtomicInteger();

	private final Queue<String> violations = new ConcurrentLinkedQueue<>();

	private final AtomicInteger underWay = new AtomicInteger();

	private final Object reading = new Object();

	private volatile Writing behaviour = (frames, mayBlock, completion) -> completion.succeeded();

	private boolean paused;

	private int pauses;

	private int resumes;

	public TestTransport writing(Writing behaviour) {
		this.behaviour = behaviour;
		return this;
	}

	public Writing writing() {
		return this.behaviour;
	}

	@Override
	public void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion) {
		checkInterrupt("write");
		check(!frames.isEmpty(), "a write of nothing");
		check(this.closes.isEmpty(), "a write after the close");
		// One for the call, one for its completion
		check(this.underWay.compareAndSet(0, 2), "a write during another");
		this.writes.add(List.copyOf(frames));
		try {
			this.behaviour.write(frames, mayBlock, new CheckedCompletion(completion));
		}
		finally {
			this.underWay.decrementAndGet();
		}
	}

	@Override
	public void close(CloseStatus status, Duration patience) {
		checkInterrupt("close");
		check(this.underWay.get() == 0, "a close during a write");
		check(this.closes.isEmpty(), "a second close");
		this.closes.add(status);
	}

	@Override
	public void drop() {
		checkInterrupt("drop");
		this.drops.incrementAndGet();
	}

	@Override
	public void pause() {
		checkInterrupt("pause");
		synchronized (this.reading) {
			check(!this.paused, "a pause during a pause");
			this.paused = true;
			this.pauses++;
		}
	}

	@Override
	public void resume() {
		checkInterrupt("resume");
		synchronized (this.reading) {
			check(this.paused, "a resume without a pause");
			this.paused = false;
			this.resumes++;
			this.reading.notifyAll();
		}
	}

	/**
	 * Wait as a paused container does. This is not {@code awaitResume()}, because some
	 * tests pause on their only thread.
	 */
	public void awaitReading() {
		synchronized (this.reading) {
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
			while (this.paused && System.nanoTime() < end) {
				try {
					this.reading.wait(100);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
			check(!this.paused, "never resumed");
		}
	}

	@Override
	public <T> @Nullable T unwrap(Class<T> type) {
		return type.isInstance(this) ? type.cast(this) : null;
	}

	private void checkInterrupt(String call) {
		check(!Thread.currentThread().isInterrupted(), call + " with the interrupt flag set");
	}

	private void check(boolean condition, String violation) {
		if (!condition) {
			this.violations.add(violation);
		}
	}

	public void assertNoViolations() {
		assertThat(this.violations).isEmpty();
	}

	public List<OutboundFrame> frames() {
		synchronized (this.writes) {
			return this.writes.stream().flatMap(List::stream).toList();
		}
	}

	public List<String> texts() {
		return frames().stream().map(OutboundFrame::text).toList();
	}

	/**
	 * Return what was written.
	 * @return the texts of every write, joined by a plus
	 */
	public List<String> writes() {
		synchronized (this.writes) {
			return this.writes.stream()
				.map((frames) -> frames.stream().map(OutboundFrame::text).collect(Collectors.joining("+")))
				.toList();
		}
	}

	public List<CloseStatus> closes() {
		return List.copyOf(this.closes);
	}

	public int drops() {
		return this.drops.get();
	}

	public int pauses() {
		synchronized (this.reading) {
			return this.pauses;
		}
	}

	public int resumes() {
		synchronized (this.reading) {
			return this.resumes;
		}
	}

	/**
	 * How writes are carried out.
	 */
	@FunctionalInterface
	public interface Writing {

		void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion);

		static Writing failing(Throwable failure) {
			return (frames, mayBlock, completion) -> completion.failed(failure);
		}

		static Writing completingOn(Executor executor) {
			return (frames, mayBlock, completion) -> executor.execute(completion::succeeded);
		}

	}

	/**
	 * Blocks the thread that writes until the gate is opened, and then writes at once.
	 */
	public static final class Gate implements Writing {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch opened = new CountDownLatch(1);

		@Override
		public void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion) {
			this.entered.countDown();
			await(this.opened);
			completion.succeeded();
		}

		public void awaitEntered() {
			await(this.entered);
		}

		public void open() {
			this.opened.countDown();
		}

		private static void await(CountDownLatch latch) {
			try {
				assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/**
	 * Completes writes when told to.
	 */
	public static final class Later implements Writing {

		private final BlockingQueue<Completion> pending = new LinkedBlockingQueue<>();

		@Override
		public void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion) {
			this.pending.add(completion);
		}

		public Completion next() {
			try {
				Completion completion = this.pending.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
				assertThat(completion).isNotNull();
				return completion;
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		public boolean isWaiting() {
			return !this.pending.isEmpty();
		}

	}

	private final class CheckedCompletion implements Completion {

		private final AtomicBoolean told = new AtomicBoolean();

		private final Completion completion;

		CheckedCompletion(Completion completion) {
			this.completion = completion;
		}

		@Override
		public void succeeded() {
			check(this.told.compareAndSet(false, true), "a second completion");
			TestTransport.this.underWay.decrementAndGet();
			this.completion.succeeded();
		}

		@Override
		public void failed(Throwable failure) {
			check(this.told.compareAndSet(false, true), "a second completion");
			TestTransport.this.underWay.decrementAndGet();
			this.completion.failed(failure);
		}

	}

}
