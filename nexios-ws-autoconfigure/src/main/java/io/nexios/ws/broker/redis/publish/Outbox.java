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

import java.util.concurrent.CompletionStage;

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

	private final OutboxLock lock = new OutboxLock();

	private final PendingQueue queue = new PendingQueue();

	private final TimeSource time;

	private final PendingEnds ends;

	private final long maxPending;

	private @Nullable Line line;

	private boolean closed;

	Outbox(PublishSettings settings, TimeSource time, RedisObserver observer) {
		this.time = time;
		this.maxPending = settings.maxPending();
		this.ends = new PendingEnds(this.queue, this.lock, settings.timeout(), time, observer);
	}

	// Publications

	/**
	 * Add a publication, or end it at once.
	 * @param message the publication
	 * @return whether it was added
	 */
	boolean add(Pending message) {
		return this.lock.locked(() -> {
			message.since = this.time.nanoTime();
			Outcome refusal = refusal(message);
			if (refusal != null) {
				message.state = State.DONE;
				this.ends.tell(message, refusal);
				return false;
			}
			this.queue.add(message);
			this.ends.startTimer();
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
		return this.lock.<@Nullable Step>locked(() -> {
			Line line = this.line;
			if (line == null || line.broken) {
				return null;
			}
			this.ends.endOverdue();
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
		this.lock.locked(() -> {
			if (isCurrent(step)) {
				this.ends.end(step.message(), outcome);
			}
		});
	}

	/**
	 * Handle that a message that is not saved has reached nobody.
	 * @param step what was sent
	 * @return whether there is something to ask
	 */
	boolean askForInterest(Step step) {
		return this.lock.locked(() -> {
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
		this.lock.locked(() -> {
			if (!isCurrent(step)) {
				return;
			}
			if (!step.message().isSaved()) {
				this.ends.end(step.message(), Outcome.unavailable(reason, null));
			}
			breakLine(step.line(), step.message());
			this.lock.afterwards(() -> step.line().giveUp(reason));
		});
	}

	/**
	 * Handle an error of one message.
	 * @param step what was sent
	 * @param error the error
	 * @param unclear whether the message may have been saved
	 */
	void refused(Step step, RedisErrorException error, boolean unclear) {
		this.lock.locked(() -> {
			Pending message = isCurrent(step) ? step.message() : null;
			boolean doubtful = unclear;
			while (message != null && message.state != State.QUEUED) {
				Pending behind = message.after;
				message.state = (message.state == State.SENT) ? State.QUEUED : message.state;
				// If an earlier connection still executes a message, Redis accepts those
				// behind it
				doubtful |= message.doubtful;
				message.doubtful = doubtful;
				this.ends.end(message, Outcome.givenUp(message, "Redis has refused a message: " + error.code(), error));
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
		this.lock.locked(() -> {
			if (this.line != null) {
				breakLine(this.line, null);
			}
			this.line = new Line(connection);
		});
	}

	void onDown() {
		this.lock.locked(() -> {
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
		this.lock.locked(() -> breakLine(line, null));
	}

	private void breakLine(Line line, @Nullable Pending notExecuted) {
		if (line.broken) {
			return;
		}
		line.broken = true;
		for (Pending message : this.queue.sent()) {
			if (!message.isSaved()) {
				this.ends.end(message, Outcome.givenUp(message, LOST, null));
			}
			else if (message != notExecuted) {
				message.doubtful = true;
			}
		}
		this.queue.sendAgain();
	}

	void forgetEntered() {
		this.lock.locked(() -> {
			if (this.line != null) {
				this.line.entered.clear();
			}
		});
	}

	long bytes() {
		return this.lock.locked(this.queue::bytes);
	}

	CompletionStage<Void> flushed() {
		return this.lock.locked(this.ends::flushed);
	}

	void close() {
		this.lock.locked(() -> {
			this.closed = true;
			this.ends.endAll("Groups are being stopped");
		});
	}

}
