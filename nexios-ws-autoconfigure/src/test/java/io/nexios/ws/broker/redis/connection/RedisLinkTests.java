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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.spi.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisLink}.
 *
 * @author Nexios Team
 */
class RedisLinkTests {

	private static final Duration INSTANT = Duration.ofNanos(1);

	private final ManualTimeSource time = new ManualTimeSource();

	private final Deque<CompletableFuture<FakeConnection>> attempts = new ArrayDeque<>();

	private final List<String> events = new ArrayList<>();

	private CompletableFuture<Void> preparation = CompletableFuture.completedFuture(null);

	private final RedisLink<FakeConnection> link = new RedisLink<>("publish", this::attempt,
			(connection) -> this.preparation, this.time, new RedisObserver() {

				@Override
				public void reconnected(String connection) {
					RedisLinkTests.this.events.add("reconnected " + connection);
				}

			}, new Backoff(() -> 1));

	private CompletionStage<FakeConnection> attempt() {
		this.attempts.add(new CompletableFuture<>());
		return this.attempts.getLast();
	}

	private void start() {
		this.link.listen(new LinkListener<RedisConnection>() {

			@Override
			public void onUp(RedisConnection connection) {
				RedisLinkTests.this.events.add("up");
			}

			@Override
			public void onDown(String reason) {
				RedisLinkTests.this.events.add("down " + reason);
			}

		});
		this.link.start();
	}

	private FakeConnection open() {
		FakeConnection connection = new FakeConnection();
		this.attempts.getLast().complete(connection);
		return connection;
	}

	@Test
	void connectionIsReplacedWhenItEnds() {
		start();
		FakeConnection first = open();
		first.giveUp("lost");
		assertThat(this.attempts).hasSize(1);
		this.time.advance(Duration.ofMillis(50));
		assertThat(this.attempts).hasSize(2);
		open();
		assertThat(this.events).containsExactly("up", "down lost", "reconnected publish", "up");
	}

	@Test
	void pausesDoubleUpToFiveSecondsAndBeginAnewAfterAConnectionWasUp() {
		start();
		for (long pause : new long[] { 50, 100, 200, 400, 800, 1600, 3200, 5000, 5000 }) {
			fail();
			expectAttemptAfter(pause);
		}
		open().giveUp("lost");
		expectAttemptAfter(50);
	}

	private void fail() {
		this.attempts.getLast().completeExceptionally(new ConnectionLostException("refused"));
	}

	private void expectAttemptAfter(long millis) {
		int before = this.attempts.size();
		this.time.advance(Duration.ofMillis(millis).minus(INSTANT));
		assertThat(this.attempts).hasSize(before);
		this.time.advance(INSTANT);
		assertThat(this.attempts).hasSize(before + 1);
	}

	@Test
	void pauseIsAtLeastHalfOfTheLongestOne() {
		Backoff shortest = new Backoff(() -> 0);
		assertThat(shortest.next()).isEqualTo(Duration.ofMillis(25));
		assertThat(shortest.next()).isEqualTo(Duration.ofMillis(50));
		assertThat(new Backoff(() -> 0.5).next()).isEqualTo(Duration.ofNanos(37_500_000));
	}

	@Test
	void eachFailedAttemptIsTold() {
		start();
		fail();
		this.time.advance(Duration.ofMillis(50));
		fail();
		assertThat(this.events).containsExactly("down refused", "down refused");
	}

	@Test
	void attemptThatTakesTooLongIsAbandoned() {
		start();
		CompletableFuture<FakeConnection> late = this.attempts.getLast();
		this.time.advance(RedisLink.ATTEMPT_TIMEOUT);
		assertThat(this.events).containsExactly("down Redis was not ready within 10 seconds");
		FakeConnection connection = new FakeConnection();
		late.complete(connection);
		assertThat(connection.ended()).isDone();
		assertThat(this.events).hasSize(1);
	}

	@Test
	void failedPreparationIsTheReason() {
		this.preparation = new CompletableFuture<>();
		start();
		FakeConnection connection = open();
		assertThat(this.events).isEmpty();
		this.preparation.completeExceptionally(new RedisErrorException("NOPERM no"));
		assertThat(connection.ended()).isCompletedWithValue("NOPERM no");
		assertThat(this.events).containsExactly("down NOPERM no");
	}

	@Test
	void preparationThatTakesTooLongIsAbandoned() {
		this.preparation = new CompletableFuture<>();
		start();
		FakeConnection connection = open();
		this.time.advance(RedisLink.ATTEMPT_TIMEOUT);
		assertThat(connection.ended()).isDone();
		this.preparation.complete(null);
		assertThat(this.events).hasSize(1);
	}

	@Test
	void callNeedsAConnectionThatIsUp() {
		assertThat(this.link.call(RedisRequest.of("PING")).toCompletableFuture()).isCompletedExceptionally();
		this.preparation = new CompletableFuture<>();
		start();
		FakeConnection connection = open();
		assertThat(this.link.call(RedisRequest.of("PING")).toCompletableFuture()).isCompletedExceptionally();
		this.preparation.complete(null);
		assertThat(this.link.call(RedisRequest.of("PING")).toCompletableFuture()).isCompleted();
		connection.giveUp("lost");
		assertThat(this.link.call(RedisRequest.of("PING")).toCompletableFuture()).isCompletedExceptionally();
		assertThat(connection.requests).containsExactly("PING");
	}

	@Test
	void nothingRunsAfterClose() {
		start();
		FakeConnection connection = open();
		this.link.close();
		assertThat(connection.ended()).isDone();
		this.time.advance(Duration.ofMinutes(1));
		this.link.start();
		assertThat(this.attempts).hasSize(1);
		assertThat(this.events).containsExactly("up");
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void connectionThatOpensAfterCloseIsGivenUp() {
		start();
		this.link.close();
		assertThat(open().ended()).isDone();
		assertThat(this.events).isEmpty();
	}

	@Test
	void listenerThatFailsDoesNotStopTheOthers() {
		this.link.listen(new LinkListener<RedisConnection>() {

			@Override
			public void onUp(RedisConnection connection) {
				throw new IllegalStateException("test");
			}

			@Override
			public void onDown(String reason) {
			}

		});
		start();
		open();
		assertThat(this.events).containsExactly("up");
	}

	@ParameterizedTest
	@CsvSource({ "redis_version:6.2.14;role:master,Redis 6.2 is too old: 7.0 or newer is needed",
			"redis_version:7.2.4;valkey_version:7.1.0;role:master,Valkey 7.1 is too old: 7.2 or newer is needed",
			"role:master,The server does not say which version it has",
			"redis_version:7.0.0;role:slave,The server is not a primary",
			"redis_version:7.0.0;redis_mode:cluster;role:master,'The server belongs to a Redis Cluster, which is not supported'" })
	void unusableServerIsTheReason(String info, String reason) {
		CompletableFuture<Void> prepared = ServerPreparation.<FakeConnection>create()
			.prepare(new FakeConnection(info.replace(";", "\r\n")))
			.toCompletableFuture();
		assertThat(prepared).failsWithin(Duration.ZERO).withThrowableThat().havingRootCause().withMessage(reason);
	}

	@ParameterizedTest
	@CsvSource({ "redis_version:7.0.0;role:master", "redis_version:10.1;role:master",
			"redis_version:7.2.4;valkey_version:8.0.1;role:master" })
	void usableServerHasTheScripts(String info) {
		FakeConnection connection = new FakeConnection(info.replace(";", "\r\n"));
		assertThat(ServerPreparation.<FakeConnection>create().prepare(connection).toCompletableFuture()).isCompleted();
		assertThat(connection.requests).contains("INFO", "SCRIPT");
	}

}
