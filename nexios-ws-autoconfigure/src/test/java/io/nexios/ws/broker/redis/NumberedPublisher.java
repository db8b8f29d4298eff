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

package io.nexios.ws.broker.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Publishes numbered messages to a group until it is stopped, and remembers the outcome
 * of each.
 *
 * @author Nexios Team
 */
final class NumberedPublisher implements AutoCloseable {

	private static final int MAX_IN_FLIGHT = 64;

	private static final Duration SHORT_PAUSE = Duration.ofNanos(500_000);

	private final Map<Integer, Outcome> outcomes = new ConcurrentHashMap<>();

	private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);

	private final GroupBroker broker;

	private final String group;

	private final Duration pause;

	private final Thread thread;

	private volatile boolean stopped;

	private NumberedPublisher(GroupBroker broker, String group, Duration pause) {
		this.pause = pause;
		this.broker = broker;
		this.group = group;
		this.thread = new Thread(this::run, "publisher");
	}

	static NumberedPublisher start(GroupBroker broker, String group) {
		return start(broker, group, SHORT_PAUSE);
	}

	static NumberedPublisher start(GroupBroker broker, String group, Duration pause) {
		NumberedPublisher publisher = new NumberedPublisher(broker, group, pause);
		publisher.thread.start();
		return publisher;
	}

	private void run() {
		for (int number = 0; !this.stopped; number++) {
			this.inFlight.acquireUninterruptibly();
			publish(number);
			LockSupport.parkNanos(this.pause.toNanos());
		}
	}

	private void publish(int number) {
		Publication publication = new Publication(this.group, UUID.randomUUID(), Instant.now(),
				new Payload.Text(Integer.toString(number)), null, true);
		this.broker.publish(publication).whenComplete((acceptance, failure) -> {
			this.outcomes.put(number, Outcome.of(failure));
			this.inFlight.release();
		});
	}

	/**
	 * Wait until more messages have been accepted.
	 * @param count the number of messages from now on
	 */
	void awaitAccepted(int count) {
		int before = numbers(Outcome.ACCEPTED).size();
		Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> numbers(Outcome.ACCEPTED).size() >= before + count);
	}

	/**
	 * Wait until a message has failed.
	 */
	void awaitFailure() {
		int before = numbers(Outcome.ACCEPTED).size() - this.outcomes.size();
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.until(() -> numbers(Outcome.ACCEPTED).size() - this.outcomes.size() < before);
	}

	Set<Integer> numbers(Outcome outcome) {
		return this.outcomes.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == outcome)
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Stop, and wait for the outcome of all messages.
	 */
	@Override
	public void close() {
		this.stopped = true;
		CompletableFuture.runAsync(() -> this.inFlight.acquireUninterruptibly(MAX_IN_FLIGHT))
			.orTimeout(30, TimeUnit.SECONDS)
			.join();
		this.inFlight.release(MAX_IN_FLIGHT);
	}

	/**
	 * How a message has ended.
	 */
	enum Outcome {

		ACCEPTED, NOT_SENT, UNKNOWN, WRONG;

		private static Outcome of(@Nullable Throwable failure) {
			if (failure instanceof SendOutcomeUnknownException) {
				return UNKNOWN;
			}
			if (failure instanceof GroupsUnavailableException) {
				return NOT_SENT;
			}
			return (failure != null) ? WRONG : ACCEPTED;
		}

	}

}
