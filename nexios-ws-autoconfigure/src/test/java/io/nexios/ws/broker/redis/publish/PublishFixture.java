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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.testsupport.redis.FakeConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A publisher, the time, and what its observer was told.
 *
 * @author Nexios Team
 */
final class PublishFixture implements RedisObserver {

	static final Duration TIMEOUT = Duration.ofSeconds(2);

	static final RedisNames NAMES = new RedisNames("nx");

	final ManualTimeSource time = new ManualTimeSource();

	final List<PublishOutcome> outcomes = new CopyOnWriteArrayList<>();

	final Publisher publisher;

	volatile boolean lease = true;

	PublishFixture() {
		this(100_000);
	}

	PublishFixture(long maxPending) {
		this.publisher = new Publisher(settings(maxPending), this.time, this, () -> this.lease);
	}

	static PublishSettings settings(long maxPending) {
		HistoryLimits limits = new HistoryLimits(100, 1_000_000, Duration.ofMinutes(5), 1_000_000);
		return new PublishSettings(NAMES, "me", TIMEOUT, maxPending, (group) -> limits);
	}

	@Override
	public void published(PublishOutcome outcome, long nanos) {
		assertThat(nanos).isNotNegative();
		this.outcomes.add(outcome);
	}

	FakeConnection connect() {
		FakeConnection connection = new FakeConnection();
		this.publisher.onUp(connection);
		return connection;
	}

	void end(FakeConnection connection) {
		connection.giveUp("test");
		this.publisher.onDown("test");
	}

	CompletableFuture<Acceptance> save(String group) {
		return publish(publication(group, "x", true));
	}

	CompletableFuture<Acceptance> tell(String group) {
		return publish(publication(group, "x", false));
	}

	CompletableFuture<Acceptance> publish(Publication publication) {
		return this.publisher.publish(publication).toCompletableFuture();
	}

	static Publication publication(String group, String text, boolean saved) {
		return new Publication(group, UUID.randomUUID(), Instant.EPOCH, new Payload.Text(text), null, saved);
	}

	/**
	 * Return how a publication has ended.
	 * @param result the publication
	 * @return the exception, or the acceptance
	 */
	static Object end(CompletableFuture<Acceptance> result) {
		assertThat(result).isDone();
		try {
			return result.join();
		}
		catch (CompletionException ex) {
			return ex.getCause();
		}
	}

	/**
	 * Return the numbers of the messages that were sent to be saved.
	 * @param connection where they were sent
	 * @return the numbers, in their order
	 */
	static List<Long> sequences(FakeConnection connection) {
		return connection.written("EVALSHA").stream().map((call) -> Long.valueOf(call.text(7))).toList();
	}

}
