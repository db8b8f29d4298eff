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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.broker.redis.script.ScriptedRedis;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.testsupport.redis.FaultProxy;
import io.nexios.ws.testsupport.redis.FaultProxy.Direction;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import io.nexios.ws.testsupport.redis.RespConnection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Publisher} with Redis.
 *
 * @author Nexios Team
 */
@RequiresRedis
class PublisherRedisTests {

	private static final int WRITERS = 3;

	private static final int EACH = 1_500;

	private static final int CUTS = 12;

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

	private static RedisServer server(String more) {
		return RedisServer.configure().withUser("node", ScriptedRedis.RULES + more).start();
	}

	private static Publisher publisher() {
		HistoryLimits limits = new HistoryLimits(100_000, 1, Duration.ofMinutes(5), 1);
		PublishSettings settings = new PublishSettings(PublishFixture.NAMES, "me", PublishFixture.TIMEOUT, 16_000_000,
				(group) -> limits);
		return new Publisher(settings, new ManualTimeSource(), RedisObserver.NONE, () -> true);
	}

	private static CompletableFuture<Void> check(RespConnection connection, Publisher publisher) {
		return publisher.preparation().apply(connection).toCompletableFuture();
	}

	@Test
	void checkPassesAndLeavesLittleForShortTime() {
		try (RedisServer server = server("");
				RespConnection connection = RespConnection.connect(server.port(), "node");
				RespClient admin = server.connect()) {
			Publisher publisher = publisher();
			check(connection, publisher).join();
			check(connection, publisher).join();
			assertThat(admin.list("KEYS", "*")).hasSize(2)
				.allSatisfy((key) -> assertThat(admin.number("PTTL", String.valueOf(key))).isBetween(1L, 10_000L));
			assertThat(admin.number("XLEN", PublishFixture.NAMES.group(PublishCheck.GROUP).stream())).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "-evalsha", "-publish", "resetchannels", "-sadd", "-xadd", "-exists", "resetkeys" })
	void checkFailsWithoutPermission(String rule) {
		try (RedisServer server = server(" " + rule);
				RespConnection connection = RespConnection.connect(server.port(), "node")) {
			assertThatExceptionOfType(CompletionException.class).isThrownBy(check(connection, publisher())::join)
				.withCauseInstanceOf(RedisErrorException.class)
				.withMessageMatching("(?s).*(NOPERM|can't).*");
		}
	}

	@Test
	void checkPassesWhenMemoryIsFullAndSavedMessagesFail() {
		try (RedisServer server = server("");
				RespConnection connection = RespConnection.connect(server.port(), "node");
				Publisher publisher = publisher()) {
			server.call("CONFIG", "SET", "maxmemory", 1);
			check(connection, publisher).join();
			publisher.onUp(connection);
			CompletableFuture<Acceptance> saved = publish(publisher, "room", "x", true);
			CompletableFuture<Acceptance> unsaved = publish(publisher, "room", "x", false);
			assertThat(unsaved.join()).isEqualTo(new Acceptance(0, false));
			assertThatExceptionOfType(CompletionException.class).isThrownBy(saved::join).withMessageContaining("OOM");
		}
	}

	@Test
	void messagesAreSavedAndGroupIsEntered() {
		try (RedisServer server = server("");
				RespConnection connection = RespConnection.connect(server.port(), "node");
				Publisher publisher = publisher();
				RespClient admin = server.connect()) {
			publisher.onUp(connection);
			admin.call("HSET", PublishFixture.NAMES.group("room").interest(), "other", 1);
			assertThat(publish(publisher, "room", "a", true).join()).isEqualTo(new Acceptance(1, true));
			assertThat(publish(publisher, "room", "b", false).join()).isEqualTo(new Acceptance(0, true));
			assertThat(publish(publisher, "empty", "c", true).join()).isEqualTo(new Acceptance(1, false));
			assertThat(publish(publisher, "empty", "d", false).join()).isEqualTo(new Acceptance(0, false));
			assertThat(admin.list("SMEMBERS", "nx:own:me")).containsExactlyInAnyOrder("room", "empty");
			assertThat(admin.text("HGET", PublishFixture.NAMES.group("empty").meta(), "qme")).isEqualTo("2");
		}
	}

	// Another node may load the scripts again before this one has seen the error
	@Test
	void messagesBehindOneThatFoundNoScriptAreNotAcceptedBeforeIt() {
		try (RedisServer server = server("");
				RespClient admin = server.connect();
				Publisher publisher = publisher();
				RespConnection first = RespConnection.connect(server.port(), "node")) {
			publisher.onUp(first);
			admin.call("SCRIPT", "FLUSH");
			List<CompletableFuture<Acceptance>> results = new ArrayList<>();
			// Not one write each, so that the connection is not given up too early
			for (int i = 0; i < 200; i++) {
				results.add(publish(publisher, "room", "#" + i, true));
				if (i == 100) {
					RespConnection.connect(server.port(), "node").close();
				}
			}
			first.ended().toCompletableFuture().join();
			publisher.onDown("test");
			try (RespConnection second = RespConnection.connect(server.port(), "node")) {
				publisher.onUp(second);
				for (int i = 0; i < 200; i++) {
					assertThat(results.get(i).join().offset()).isIn(-1L, i + 1L);
				}
				assertThat(numbers(admin, PublishFixture.NAMES.group("room"))).hasSize(200).isSorted();
			}
		}
	}

	@Test
	void eachAcceptedMessageIsSavedOnceAndInOrderThoughConnectionsEnd() throws Exception {
		Map<Integer, CompletableFuture<Acceptance>> results = new ConcurrentHashMap<>();
		try (RedisServer server = server("");
				FaultProxy proxy = FaultProxy.to(server.port());
				RespClient admin = server.connect();
				Publisher publisher = publisher()) {
			Reconnecting link = new Reconnecting(proxy.port(), publisher);
			List<Thread> writers = new ArrayList<>();
			for (int writer = 0; writer < WRITERS; writer++) {
				int base = writer * EACH;
				writers.add(new Thread(() -> write(publisher, base, results)));
			}
			writers.forEach(Thread::start);
			for (int i = 1; i <= CUTS; i++) {
				int target = i * WRITERS * EACH / (2 * CUTS);
				Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> results.size() >= target);
				proxy.hold(Direction.TO_CLIENT);
				Awaitility.await()
					.pollInterval(Duration.ofMillis(1))
					.until(() -> isUnanswered(results) || writers.stream().noneMatch(Thread::isAlive));
				proxy.cut();
				proxy.release(Direction.TO_CLIENT);
			}
			for (Thread writer : writers) {
				writer.join();
			}
			publisher.flushed().toCompletableFuture().join();
			link.close();
			check(admin, results);
		}
	}

	private static boolean isUnanswered(Map<Integer, CompletableFuture<Acceptance>> results) {
		return results.values().stream().anyMatch((result) -> !result.isDone());
	}

	private static void write(Publisher publisher, int base, Map<Integer, CompletableFuture<Acceptance>> results) {
		for (int number = base; number < base + EACH; number++) {
			CompletableFuture<Acceptance> result = publish(publisher, "g" + number % 2, "#" + number, true);
			while (result.isCompletedExceptionally()) {
				// It was not sent, because there is no connection
				LockSupport.parkNanos(PAUSE);
				result = publish(publisher, "g" + number % 2, "#" + number, true);
			}
			results.put(number, result);
			if (number % 50 == 0) {
				result.handle((acceptance, failure) -> acceptance).join();
			}
		}
	}

	private static void check(RespClient admin, Map<Integer, CompletableFuture<Acceptance>> results) {
		List<Integer> saved = new ArrayList<>();
		for (int group = 0; group < 2; group++) {
			List<Integer> numbers = numbers(admin, PublishFixture.NAMES.group("g" + group));
			for (int writer = 0; writer < WRITERS; writer++) {
				int base = writer * EACH;
				assertThat(numbers.stream().filter((number) -> number / EACH == base / EACH).toList()).isSorted();
			}
			saved.addAll(numbers);
		}
		List<Integer> accepted = new ArrayList<>(results.entrySet()
			.stream()
			.filter((entry) -> !entry.getValue().isCompletedExceptionally())
			.map(Map.Entry::getKey)
			.toList());
		assertThat(results).hasSize(WRITERS * EACH).allSatisfy((number, result) -> assertThat(result).isDone());
		Collections.sort(accepted);
		Collections.sort(saved);
		assertThat(saved).isEqualTo(accepted);
		assertThat(accepted).hasSize(WRITERS * EACH);
	}

	private static List<Integer> numbers(RespClient admin, GroupKeys keys) {
		List<Integer> numbers = new ArrayList<>();
		for (Object entry : admin.list("XRANGE", keys.stream(), "-", "+")) {
			assertThat(RespClient.asList(entry).get(0)).isEqualTo((numbers.size() + 1) + "-0");
			String envelope = String.valueOf(RespClient.asList(RespClient.asList(entry).get(1)).get(3));
			numbers.add(Integer
				.valueOf(new String(envelope.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)
					.substring(envelope.lastIndexOf('#') + 1)));
		}
		return numbers;
	}

	private static CompletableFuture<Acceptance> publish(Publisher publisher, String group, String text,
			boolean saved) {
		return publisher.publish(PublishFixture.publication(group, text, saved)).toCompletableFuture();
	}

	/**
	 * Opens a connection whenever there is none.
	 */
	private static final class Reconnecting implements AutoCloseable {

		private final Thread thread = new Thread(this::run, "reconnecting");

		private final CompletableFuture<Void> closed = new CompletableFuture<>();

		private final int port;

		private final Publisher publisher;

		Reconnecting(int port, Publisher publisher) {
			this.port = port;
			this.publisher = publisher;
			this.thread.start();
		}

		private void run() {
			while (!this.closed.isDone()) {
				try (RespConnection connection = RespConnection.connect(this.port, "node")) {
					this.publisher.preparation().apply(connection).toCompletableFuture().join();
					this.publisher.onUp(connection);
					CompletableFuture.anyOf(connection.ended().toCompletableFuture(), this.closed).join();
				}
				catch (RuntimeException ex) {
					// The proxy has cut it
				}
				this.publisher.onDown("ended");
			}
		}

		@Override
		public void close() throws InterruptedException {
			this.closed.complete(null);
			this.thread.join();
		}

	}

}
