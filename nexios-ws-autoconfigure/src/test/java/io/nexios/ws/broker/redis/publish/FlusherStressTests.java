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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.testsupport.redis.FakeConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Flusher} with many threads.
 *
 * @author Nexios Team
 */
class FlusherStressTests {

	private static final int THREADS = 8;

	private static final int EACH = 2_000;

	private final PublishFixture fixture = new PublishFixture(Long.MAX_VALUE);

	private final List<List<CompletableFuture<Acceptance>>> results = new ArrayList<>();

	@RepeatedTest(5)
	void everythingIsWrittenOnceAndInOrder() throws Exception {
		CheckedConnection connection = new CheckedConnection();
		this.fixture.publisher.onUp(connection);
		run();
		assertAll(connection);
		assertThat(connection.overlaps).hasValue(0);
		for (int thread = 0; thread < THREADS; thread++) {
			assertOrderOfThread(connection, thread);
		}
	}

	@RepeatedTest(5)
	void everythingIsSentAgainInOrderWhateverConnectionEnds() throws Exception {
		List<FakeConnection> connections = new ArrayList<>();
		CountDownLatch started = new CountDownLatch(1);
		Thread changes = new Thread(() -> {
			for (int i = 0; i < 50; i++) {
				FakeConnection connection = new FakeConnection();
				connections.add(connection);
				this.fixture.publisher.onUp(connection);
				started.countDown();
				connection.giveUp("test");
			}
		});
		changes.start();
		started.await();
		run();
		changes.join();
		FakeConnection last = this.fixture.connect();
		this.fixture.time.advance(Duration.ZERO);
		assertAll(last);
		connections.forEach((connection) -> assertThat(PublishFixture.sequences(connection)).isSorted());
		last.written("EVALSHA").forEach((call) -> call.complete(List.of(1L, 1L)));
		assertThat(this.results).allSatisfy((results) -> assertThat(results).allMatch(CompletableFuture::isDone));
		assertThat(this.fixture.publisher.pendingBytes()).isZero();
	}

	private static void assertAll(FakeConnection connection) {
		List<Long> expected = LongStream.rangeClosed(1, THREADS * EACH).boxed().toList();
		assertThat(PublishFixture.sequences(connection).equals(expected)).isTrue();
	}

	private void run() throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			String group = "g" + i;
			List<CompletableFuture<Acceptance>> results = new ArrayList<>();
			this.results.add(results);
			threads.add(new Thread(() -> {
				for (int message = 0; message < EACH; message++) {
					results.add(this.fixture.publish(PublishFixture.publication(group, "#" + message, true)));
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		// The thread of the server, if it has taken over
		this.fixture.time.advance(Duration.ZERO);
	}

	private static void assertOrderOfThread(FakeConnection connection, int thread) {
		String stream = PublishFixture.NAMES.group("g" + thread).stream();
		List<Integer> numbers = connection.written("EVALSHA")
			.stream()
			.filter((call) -> call.text(3).equals(stream))
			.map((call) -> Integer.valueOf(call.text(5).substring(call.text(5).lastIndexOf('#') + 1)))
			.toList();
		assertThat(numbers).hasSize(EACH).isSorted();
	}

	/**
	 * A connection that checks that one thread at a time sends.
	 */
	private static final class CheckedConnection extends FakeConnection {

		private final AtomicInteger inside = new AtomicInteger();

		private final AtomicLong overlaps = new AtomicLong();

		@Override
		public CompletionStage<@Nullable Object> send(RedisRequest request) {
			enter();
			try {
				return super.send(request);
			}
			finally {
				this.inside.decrementAndGet();
			}
		}

		@Override
		public void flush() {
			enter();
			super.flush();
			this.inside.decrementAndGet();
		}

		private void enter() {
			if (this.inside.getAndIncrement() != 0) {
				this.overlaps.incrementAndGet();
			}
		}

	}

}
