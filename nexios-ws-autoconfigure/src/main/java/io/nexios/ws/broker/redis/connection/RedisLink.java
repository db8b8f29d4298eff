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

package io.nexios.ws.broker.redis.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Has one connection to the primary, and opens the next one when it ends.
 * <table>
 * <caption>States</caption>
 * <tr>
 * <td>DOWN
 * <td>no connection. The next attempt waits for the back-off, the first one for
 * {@link #start()}
 * <tr>
 * <td>CONNECTING
 * <td>a connection is being opened
 * <tr>
 * <td>PREPARING
 * <td>the connection is open and being prepared. Nobody else knows it
 * <tr>
 * <td>UP
 * <td>the connection is in use
 * <tr>
 * <td>CLOSED
 * <td>no connection, and never again
 * </table>
 * An attempt is CONNECTING and PREPARING together, and has a number. What belongs to
 * another attempt than the last one changes nothing, and a connection that it opens is
 * given up. An attempt that is not UP in time becomes DOWN. So does a connection that
 * ends. The listeners are told of each change to UP and to DOWN, in order.
 * <p>
 * It is not guaranteed that a connection still works when a listener hears of it, nor
 * that a listener hears of the end of a connection before its requests fail.
 *
 * @param <C> the type of the connection
 * @author Nexios Team
 */
public final class RedisLink<C extends RedisConnection> implements RedisCalls {

	static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

	private final ReentrantLock lock = new ReentrantLock();

	private final LinkNotices<C> notices = new LinkNotices<>();

	private final String role;

	private final Supplier<? extends CompletionStage<? extends C>> connector;

	private final LinkPreparation<? super C> preparation;

	private final TimeSource time;

	private final RedisObserver observer;

	private final Backoff backoff;

	private State state = State.DOWN;

	private int attempt;

	private @Nullable C connection;

	private TimeSource.@Nullable Timer timer;

	private boolean wasUp;

	private volatile @Nullable C up;

	private volatile String reason = "The connection to Redis has not been opened yet";

	/**
	 * Create a link that does nothing before {@link #start()}.
	 * @param role {@code publish}, {@code commands} or {@code subscribe}
	 * @param connector opens a connection
	 * @param preparation prepares each new connection
	 * @param time the time
	 * @param observer is told of reconnects
	 */
	public RedisLink(String role, Supplier<? extends CompletionStage<? extends C>> connector,
			LinkPreparation<? super C> preparation, TimeSource time, RedisObserver observer) {
		this(role, connector, preparation, time, observer, new Backoff(() -> ThreadLocalRandom.current().nextDouble()));
	}

	RedisLink(String role, Supplier<? extends CompletionStage<? extends C>> connector,
			LinkPreparation<? super C> preparation, TimeSource time, RedisObserver observer, Backoff backoff) {
		this.role = role;
		this.connector = connector;
		this.preparation = preparation;
		this.time = time;
		this.observer = observer;
		this.backoff = backoff;
	}

	/**
	 * Add a listener. Called before {@link #start()}.
	 * @param listener the listener
	 */
	public void listen(LinkListener<? super C> listener) {
		this.notices.listen(listener);
	}

	/**
	 * Begin to connect. Does not wait.
	 */
	public void start() {
		connect(0);
	}

	@Override
	public CompletionStage<@Nullable Object> call(RedisRequest request) {
		C current = this.up;
		if (current == null) {
			return CompletableFuture.failedStage(ConnectionLostException.notSent(this.reason));
		}
		return new LinkCall(current, request).make();
	}

	private void connect(int last) {
		int number = begin(last);
		if (number == 0) {
			return;
		}
		open().whenComplete((opened, failure) -> {
			if (opened != null) {
				prepare(number, opened);
			}
			else {
				down(number, reason(failure));
			}
		});
	}

	/**
	 * Begin an attempt, unless another one has begun.
	 * @param last the number of the attempt before
	 * @return the number of the attempt, or 0 if there is none
	 */
	private int begin(int last) {
		this.lock.lock();
		try {
			if (this.state != State.DOWN || this.attempt != last) {
				return 0;
			}
			this.state = State.CONNECTING;
			int number = ++this.attempt;
			schedule(() -> expire(number), ATTEMPT_TIMEOUT);
			return number;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Set the timer of the state. If it runs early, the server stops, and nothing must
	 * begin any more.
	 * @param task the task
	 * @param delay the delay
	 */
	private void schedule(Runnable task, Duration delay) {
		long due = this.time.nanoTime() + delay.toNanos();
		this.timer = this.time.schedule(() -> {
			if (this.time.nanoTime() - due >= 0) {
				task.run();
			}
		}, delay);
	}

	private CompletionStage<? extends C> open() {
		try {
			return this.connector.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	private void expire(int number) {
		down(number, "Redis was not ready within " + ATTEMPT_TIMEOUT.toSeconds() + " seconds");
	}

	private void prepare(int number, C opened) {
		if (!isWanted(number, opened)) {
			opened.giveUp("The connection is not needed any more");
			return;
		}
		opened.ended().thenAccept((ending) -> down(number, ending));
		startPreparation(opened).whenComplete((none, failure) -> {
			if (failure != null) {
				down(number, reason(failure));
			}
			else {
				up(number, opened);
			}
		});
	}

	private boolean isWanted(int number, C opened) {
		this.lock.lock();
		try {
			if (this.state != State.CONNECTING || this.attempt != number) {
				return false;
			}
			this.state = State.PREPARING;
			this.connection = opened;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private CompletionStage<Void> startPreparation(C opened) {
		try {
			return this.preparation.prepare(opened);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	private void up(int number, C prepared) {
		boolean again;
		this.lock.lock();
		try {
			if (this.state != State.PREPARING || this.attempt != number) {
				return;
			}
			this.state = State.UP;
			cancelTimer();
			this.backoff.reset();
			this.up = prepared;
			again = this.wasUp;
			this.wasUp = true;
			this.notices.add((listener) -> listener.onUp(prepared));
		}
		finally {
			this.lock.unlock();
		}
		if (again) {
			this.observer.reconnected(this.role);
		}
		this.notices.tell();
	}

	private void down(int number, String why) {
		C last;
		this.lock.lock();
		try {
			if (this.state == State.DOWN || this.state == State.CLOSED || this.attempt != number) {
				return;
			}
			this.state = State.DOWN;
			this.reason = why;
			last = release();
			schedule(() -> connect(number), this.backoff.next());
			this.notices.add((listener) -> listener.onDown(why));
		}
		finally {
			this.lock.unlock();
		}
		if (last != null) {
			last.giveUp(why);
		}
		this.notices.tell();
	}

	private @Nullable C release() {
		cancelTimer();
		C last = this.connection;
		this.connection = null;
		this.up = null;
		return last;
	}

	private void cancelTimer() {
		TimeSource.Timer last = this.timer;
		if (last != null) {
			last.cancel();
			this.timer = null;
		}
	}

	/**
	 * End the connection and open no other one. Listeners are not told. A call of a
	 * listener that is under way may still be running.
	 * @return a stage that completes when the connection has ended
	 */
	public CompletionStage<Void> close() {
		C last;
		this.lock.lock();
		try {
			this.state = State.CLOSED;
			this.reason = "The connection to Redis is closed";
			last = release();
			this.notices.close();
		}
		finally {
			this.lock.unlock();
		}
		if (last == null) {
			return CompletableFuture.completedStage(null);
		}
		last.giveUp("The connection to Redis is closed");
		return last.ended().thenAccept((ending) -> {
		});
	}

	private static String reason(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

	private enum State {

		DOWN, CONNECTING, PREPARING, UP, CLOSED

	}

}
