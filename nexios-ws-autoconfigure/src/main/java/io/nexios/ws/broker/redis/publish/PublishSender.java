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

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import io.nexios.ws.broker.redis.connection.ErrorMeaning;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.spi.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends publications, and tells the {@link Outbox} what the answers mean.
 *
 * @author Nexios Team
 */
final class PublishSender {

	private static final long ACCEPTED_BEFORE = -1;

	private static final long OUT_OF_TURN = -2;

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private final LogThrottle<String> throttle = new LogThrottle<>();

	private final Outbox outbox;

	private final PublishRequests requests;

	private final TimeSource time;

	private final Runnable flush;

	/**
	 * Create a sender.
	 * @param outbox is told the answers
	 * @param requests the requests
	 * @param time the time
	 * @param flush sends what the outbox has to send
	 */
	PublishSender(Outbox outbox, PublishRequests requests, TimeSource time, Runnable flush) {
		this.outbox = outbox;
		this.requests = requests;
		this.time = time;
		this.flush = flush;
	}

	void send(Step step) {
		Pending message = step.message();
		if (step.question()) {
			send(step, this.requests.interest(message.keys), (answer) -> onInterest(step, answer));
		}
		else if (message.saving != null) {
			enter(message.group, step.line());
			RedisRequest request = this.requests.save(message.keys, message.content, message.saving, message.sequence,
					step.before());
			send(step, request, (answer) -> onSaved(step, answer));
		}
		else {
			send(step, this.requests.publish(message.keys, message.content), (answer) -> onPublished(step, answer));
		}
	}

	private void enter(String group, Line line) {
		if (line.entered.add(group)) {
			line.send(this.requests.enter(group)).whenComplete((answer, failure) -> {
				if (failure != null) {
					line.entered.remove(group);
				}
			});
		}
	}

	private void send(Step step, RedisRequest request, Consumer<@Nullable Object> onAnswer) {
		step.line().send(request).whenComplete((answer, failure) -> {
			if (failure == null) {
				onAnswer.accept(answer);
			}
			else if (cause(failure) instanceof RedisErrorException error) {
				onError(step, error);
			}
			else {
				this.outbox.lost(step.line());
			}
		});
	}

	private static @Nullable Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException) ? failure.getCause() : failure;
	}

	private void onSaved(Step step, @Nullable Object answer) {
		if (!(answer instanceof List<?> numbers) || numbers.size() != 2 || !(numbers.get(0) instanceof Long offset)) {
			onUnexpected(step);
		}
		else if (offset == OUT_OF_TURN) {
			this.outbox.refusedByConnection(step, "A message was refused because the one before it was not accepted");
		}
		else {
			boolean subscribed = offset == ACCEPTED_BEFORE || !Long.valueOf(0).equals(numbers.get(1));
			this.outbox.answered(step, Outcome.accepted(offset, subscribed));
		}
	}

	private void onPublished(Step step, @Nullable Object answer) {
		if (!(answer instanceof Long receivers)) {
			onUnexpected(step);
		}
		else if (receivers > 0) {
			this.outbox.answered(step, Outcome.accepted(0, true));
		}
		else if (this.outbox.askForInterest(step)) {
			this.flush.run();
		}
	}

	private void onInterest(Step step, @Nullable Object answer) {
		this.outbox.answered(step, Outcome.accepted(0, !Long.valueOf(0).equals(answer)));
	}

	private void onUnexpected(Step step) {
		this.outbox.answered(step, Outcome.unknown("Redis has given an unexpected answer", null));
	}

	private void onError(Step step, RedisErrorException error) {
		if (step.question()) {
			this.outbox.answered(step, Outcome.accepted(0, true));
			return;
		}
		switch (ErrorMeaning.of(error)) {
			case CONNECTION, SCRIPTS -> this.outbox.refusedByConnection(step, "Redis has answered " + error.code());
			case PERMISSION -> {
				refused(step, error);
				// The check of the next connection tells what is missing
				step.line().giveUp("Redis does not permit this node to publish");
			}
			default -> refused(step, error);
		}
	}

	private void refused(Step step, RedisErrorException error) {
		this.outbox.refused(step, error, !ErrorMeaning.isNothingDone(error));
		String line = this.throttle.pass("refused", "Redis has refused a message: " + error.code(),
				this.time.nanoTime());
		if (line != null) {
			logger.warn(line);
		}
	}

}
