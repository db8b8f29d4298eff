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

package io.nexios.ws.broker.redis.publish;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.broker.redis.publish.Pending.State;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The publications of this node that have no outcome, and the rules by which they are
 * sent, sent again, and given up.
 * <p>
 * All of them are sent in the order of the calls. When a connection has ended, the saved
 * ones that it has not answered go before all others to the next one. Those that are not
 * saved are given up. A connection whose answer shows that it is of no use is given up.
 * <p>
 * <b>An answer that a message was accepted before is true.</b> Redis knows only the last
 * number that it has accepted in a group. So a message that Redis refuses must not be
 * overtaken, or a repetition of it would look as if it had been accepted. Each message
 * names the one before it in its group, if that one has no outcome. Redis refuses a
 * message if the one before it was not accepted. When a message fails with an error,
 * those of its group that were sent behind it fail with it, because Redis refuses them.
 * If the outcome of the message is unknown, so is theirs.
 * <p>
 * Not guaranteed: a publication that was given up as unknown may still be accepted. This
 * ends with the next message of this node that is accepted in the same group. If Redis
 * loses what it knows of a group, a message that is sent again may be accepted twice. The
 * two have different epochs, and the change of the epoch is a reported loss. The same
 * happens within one epoch if the fields of this node were cleared up although its lease
 * is not over by its own clock.
 * <p>
 * Under the lock there is no I/O, and no stage completes.
 *
 * @author Nexios Team
 */
final class Outbox {

	private static final String NO_CONNECTION = "There is no connection to Redis";

	private static final String LOST = "The connection to Redis has ended before it has answered";

	private static final String TIMEOUT = "Redis has not answered in time";

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Runnable> afterwards = new ArrayDeque<>();

	private final PendingQueue queue = new PendingQueue();

	private final TimeSource time;

	private final RedisObserver observer;

	private final OldestTimer timer;

	private final long timeout;

	private final long maxPending;

	private @Nullable Line line;

	private @Nullable CompletableFuture<Void> flushed;

	private boolean closed;

	Outbox(PublishSettings settings, TimeSource time, RedisObserver observer) {
		this.time = time;
		this.observer = observer;
		this.timeout = settings.timeout().toNanos();
		this.maxPending = settings.maxPending();
		this.timer = new OldestTimer(time, this::endOldest);
	}

	/**
	 * Make a step under the lock, and then, without it, what the step has left to do.
	 * @param step the step
	 * @param <T> the type of the result
	 * @return the result of the step
	 */
	private <T extends @Nullable Object> T locked(Supplier<T> step) {
		Deque<Runnable> tasks = new ArrayDeque<>(0);
		this.lock.lock();
		try {
			return step.get();
		}
		finally {
			tasks.addAll(this.afterwards);
			this.afterwards.clear();
			this.lock.unlock();
			tasks.forEach(Runnable::run);
		}
	}

	private void locked(Runnable step) {
		this.<@Nullable Object>locked(() -> {
			step.run();
			return null;
		});
	}

	// Publications

	/**
	 * Add a publication, or end it at once.
	 * @param message the publication
	 * @return whether it was added
	 */
	boolean add(Pending message) {
		return locked(() -> {
			message.since = this.time.nanoTime();
			Outcome refusal = refusal(message);
			if (refusal != null) {
				message.state = State.DONE;
				tell(message, refusal);
				return false;
			}
			this.queue.add(message);
			startTimer();
			return true;
		});
	}

	private @Nullable Outcome refusal(Pending message) {
		if (this.closed || this.line == null) {
			return Outcome.unavailable(NO_CONNECTION, null);
		}
		return (this.queue.bytes() + message.size() > this.maxPending) ? Outcome.overloaded() : null;
	}

	/**
	 * Take the next step. The caller makes all steps, one after the other.
	 * @return the step, or {@code null} if nothing can be sent now
	 */
	@Nullable Step next() {
		return this.<@Nullable Step>locked(() -> {
			Line line = this.line;
			if (line == null || line.broken) {
				return null;
			}
			endOlderThan(this.timeout);
			Pending question = this.queue.question();
			return (question != null) ? new Step(question, line, true, 0) : send(line);
		});
	}

	private @Nullable Step send(Line line) {
		Pending message = this.queue.send();
		if (message == null) {
			return null;
		}
		message.line = line;
		Pending before = message.before;
		return new Step(message, line, false, (before != null) ? before.sequence : 0);
	}

	// Answers

	void answered(Step step, Outcome outcome) {
		locked(() -> {
			if (isCurrent(step)) {
				end(step.message(), outcome);
			}
		});
	}

	/**
	 * Handle that a message that is not saved has reached nobody.
	 * @param step what was sent
	 * @return whether there is something to ask
	 */
	boolean askForInterest(Step step) {
		return locked(() -> {
			if (isCurrent(step)) {
				this.queue.ask(step.message());
				return true;
			}
			return false;
		});
	}

	/**
	 * Handle an answer after which this connection must not be used.
	 * @param step what was sent and was not executed
	 * @param reason why
	 */
	void refusedByConnection(Step step, String reason) {
		locked(() -> {
			if (!isCurrent(step)) {
				return;
			}
			if (!step.message().isSaved()) {
				end(step.message(), Outcome.unavailable(reason, null));
			}
			breakLine(step.line(), step.message());
			this.afterwards.add(() -> step.line().giveUp(reason));
		});
	}

	/**
	 * Handle an error of one message.
	 * @param step what was sent
	 * @param error the error
	 * @param unclear whether the message may have been saved
	 */
	void refused(Step step, RedisErrorException error, boolean unclear) {
		locked(() -> {
			Pending message = isCurrent(step) ? step.message() : null;
			boolean doubtful = unclear;
			while (message != null && message.state != State.QUEUED) {
				Pending behind = message.after;
				message.state = (message.state == State.SENT) ? State.QUEUED : message.state;
				// If an earlier connection still executes a message, Redis accepts those
				// behind it
				doubtful |= message.doubtful;
				message.doubtful = doubtful;
				end(message, Outcome.givenUp(message, "Redis has refused a message: " + error.code(), error));
				message = behind;
			}
		});
	}

	private boolean isCurrent(Step step) {
		Pending message = step.message();
		return message.line == step.line() && !step.line().broken
				&& message.state == (step.question() ? State.ASKING : State.SENT);
	}

	// Connections

	void onUp(RedisConnection connection) {
		locked(() -> {
			if (this.line != null) {
				breakLine(this.line, null);
			}
			this.line = new Line(connection);
		});
	}

	void onDown() {
		locked(() -> {
			if (this.line != null) {
				breakLine(this.line, null);
				this.line = null;
			}
		});
	}

	/**
	 * Handle the end of a connection that a request has shown.
	 * @param line the connection
	 */
	void lost(Line line) {
		locked(() -> breakLine(line, null));
	}

	private void breakLine(Line line, @Nullable Pending notExecuted) {
		if (line.broken) {
			return;
		}
		line.broken = true;
		for (Pending message : this.queue.sent()) {
			if (!message.isSaved()) {
				end(message, Outcome.givenUp(message, LOST, null));
			}
			else if (message != notExecuted) {
				message.doubtful = true;
			}
		}
		this.queue.sendAgain();
	}

	void forgetEntered() {
		locked(() -> {
			if (this.line != null) {
				this.line.entered.clear();
			}
		});
	}

	// Ends

	private void end(Pending message, Outcome outcome) {
		this.queue.remove(message);
		tell(message, outcome);
		if (this.flushed != null && this.queue.isEmpty()) {
			CompletableFuture<Void> flushed = this.flushed;
			this.flushed = null;
			this.afterwards.add(() -> flushed.complete(null));
		}
	}

	private void tell(Pending message, Outcome outcome) {
		long nanos = this.time.nanoTime() - message.since;
		this.afterwards.add(() -> {
			this.observer.published(outcome.kind(), nanos);
			if (outcome.failure() != null) {
				message.result.completeExceptionally(outcome.failure());
			}
			else {
				message.result.complete(outcome.acceptance());
			}
		});
	}

	private void startTimer() {
		Pending oldest = this.queue.oldest();
		if (oldest != null && this.timer.arm()) {
			long delay = oldest.since + this.timeout - this.time.nanoTime();
			this.afterwards.add(() -> this.timer.start(Duration.ofNanos(Math.max(0, delay))));
		}
	}

	private void endOldest(boolean early) {
		locked(() -> {
			this.timer.disarm();
			// A timer that runs early says that nobody is to wait any more
			endOlderThan(early ? Long.MIN_VALUE : this.timeout);
			startTimer();
		});
	}

	private void endOlderThan(long age) {
		long now = this.time.nanoTime();
		this.queue.endOldest((message) -> now - message.since >= age,
				(message) -> end(message, Outcome.givenUp(message, TIMEOUT, null)));
	}

	long bytes() {
		return locked(this.queue::bytes);
	}

	CompletionStage<Void> flushed() {
		return locked(() -> {
			if (this.queue.isEmpty()) {
				return CompletableFuture.completedFuture(null);
			}
			if (this.flushed == null) {
				this.flushed = new CompletableFuture<>();
			}
			return this.flushed.copy();
		});
	}

	void close() {
		locked(() -> {
			this.closed = true;
			this.queue.endOldest((message) -> true,
					(message) -> end(message, Outcome.givenUp(message, "Groups are being stopped", null)));
		});
	}

}
