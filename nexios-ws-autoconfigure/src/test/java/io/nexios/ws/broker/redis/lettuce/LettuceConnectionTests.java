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

package io.nexios.ws.broker.redis.lettuce;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.testsupport.redis.FaultProxy;
import io.nexios.ws.testsupport.redis.FaultProxy.Direction;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LettuceConnection}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class LettuceConnectionTests {

	private static final String APPEND = "return redis.call('RPUSH', KEYS[1], ARGV[1])";

	private final ManualTimeSource time = new ManualTimeSource();

	private RedisServer server;

	private FaultProxy proxy;

	private TestClient client;

	private RedisConnection connection;

	@BeforeEach
	void connect() {
		this.server = RedisServer.start();
		this.proxy = FaultProxy.to(this.server.port());
		this.client = TestClient.of(this.proxy.port(), this.time);
		this.connection = this.client.connect();
	}

	@AfterEach
	void close() {
		this.client.close();
		this.proxy.close();
		this.server.close();
	}

	@Test
	void answersAreOfAnyKind() {
		assertThat(text(call("SET", "key", new byte[] { 0, -1 }))).isEqualTo("OK");
		assertThat(call("GET", "key")).isEqualTo(new byte[] { 0, -1 });
		assertThat(call("GET", "missing")).isNull();
		assertThat(call("INCR", "number")).isEqualTo(1L);
		assertThat(call("EVAL", "return {1, {{}, 'a', {2}}, false, {3}}", 0))
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.usingRecursiveComparison()
			.isEqualTo(list(1L, list(List.of(), new byte[] { 'a' }, List.of(2L)), null, List.of(3L)));
		call("ZADD", "sorted", "1.5", "member");
		assertThat(text(call("ZSCORE", "sorted", "member"))).isEqualTo("1.5");
		call("HSET", "hash", "field", "value");
		assertThat((List<?>) call("HGETALL", "hash")).hasSize(2);
	}

	private static List<@Nullable Object> list(@Nullable Object... elements) {
		return Arrays.asList(elements);
	}

	@Test
	void errorIsThatOfRedis() {
		call("SET", "key", "value");
		assertThatExceptionOfType(RedisErrorException.class).isThrownBy(() -> call("HGET", "key", "field"))
			.withMessage("WRONGTYPE Operation against a key holding the wrong kind of value");
		assertThatExceptionOfType(RedisErrorException.class).isThrownBy(() -> call("EVALSHA", "0".repeat(40), 0))
			.matches((error) -> error.is("NOSCRIPT"));
		assertThat(text(call("GET", "key"))).isEqualTo("value");
	}

	@Test
	void requestWaitsForFlush() {
		CompletionStage<@Nullable Object> first = this.connection.send(RedisRequest.of("INCR", "key"));
		this.server.call("SET", "key", 10);
		assertThat(first.toCompletableFuture()).isNotDone();
		this.connection.flush();
		assertThat(TestClient.await(first)).isEqualTo(11L);
	}

	@Test
	void requestsOfAllThreadsAreExecutedInTheOrderOfTheCalls() throws InterruptedException {
		Numbers numbers = new Numbers();
		List<Thread> threads = IntStream.range(0, 4)
			.mapToObj((i) -> new Thread(() -> IntStream.range(0, 2000).forEach((n) -> numbers.append(1))))
			.toList();
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		numbers.answers.forEach(TestClient::await);
		List<?> executed = (List<?>) call("LRANGE", "numbers", 0, -1);
		assertThat(executed).hasSizeGreaterThan(8000)
			.extracting(LettuceConnectionTests::text)
			.isEqualTo(IntStream.range(0, executed.size()).mapToObj(String::valueOf).toList());
	}

	@Test
	void scriptsThatWereExecutedWithoutAnAnswerAreNotExecutedAgain() {
		this.proxy.hold(Direction.TO_CLIENT);
		List<CompletionStage<@Nullable Object>> answers = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			answers.add(this.connection.send(RedisRequest.of("EVAL", APPEND, 1, "list", i)));
		}
		this.connection.flush();
		Awaitility.await().until(() -> Long.valueOf(500).equals(this.server.call("LLEN", "list")));
		assertThat(answers).noneMatch((answer) -> answer.toCompletableFuture().isDone());
		this.proxy.cut();
		assertThat(TestClient.await(this.connection.ended())).isNotEmpty();
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.toCompletableFuture()).isCompletedExceptionally());
		answers.forEach((answer) -> assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> TestClient.await(answer)));
		this.proxy.heal();
		RedisConnection next = this.client.connect();
		assertThat(TestClient.await(TestClient.send(next, "LLEN", "list"))).isEqualTo(500L);
		assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> TestClient.await(TestClient.send(this.connection, "RPUSH", "list", "late")));
		assertThat(this.server.call("LLEN", "list")).isEqualTo(500L);
	}

	@Test
	void deafConnectionIsGivenUpAfterTwoSeconds() {
		this.proxy.hold(Direction.TO_CLIENT);
		CompletableFuture<@Nullable Object> first = send("INCR", "key");
		this.time.advance(Duration.ofSeconds(1));
		CompletableFuture<@Nullable Object> second = send("INCR", "key");
		this.time.advance(Duration.ofMillis(999));
		assertThat(first).isNotDone();
		this.time.advance(Duration.ofMillis(1));
		assertThat(TestClient.await(this.connection.ended())).isEqualTo("Redis has not answered for 2 seconds");
		assertThat(first).isCompletedExceptionally();
		assertThat(second).isCompletedExceptionally();
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void timeIsThatOfTheOldestRequestWithoutAnAnswer() {
		call("INCR", "key");
		this.time.advance(Duration.ofMillis(1500));
		this.proxy.hold(Direction.TO_CLIENT);
		CompletableFuture<@Nullable Object> answer = send("INCR", "key");
		this.time.advance(Duration.ofMillis(1999));
		assertThat(answer).isNotDone();
		this.time.advance(Duration.ofMillis(1));
		TestClient.await(this.connection.ended());
		assertThat(answer).isCompletedExceptionally();
	}

	@Test
	void nothingIsTimedWhileNoRequestWaits() {
		call("INCR", "key");
		this.time.advance(Duration.ofSeconds(10));
		assertThat(this.time.waiting()).isZero();
		assertThat(this.connection.ended().toCompletableFuture()).isNotDone();
		assertThat(call("INCR", "key")).isEqualTo(2L);
	}

	@Test
	void answerAfterTheEndIsIgnored() {
		this.proxy.hold(Direction.TO_CLIENT);
		CompletableFuture<@Nullable Object> answer = send("INCR", "key");
		Awaitility.await().until(() -> "1".equals(this.server.call("GET", "key")));
		this.connection.giveUp("test");
		this.proxy.release(Direction.TO_CLIENT);
		this.connection.giveUp("other");
		assertThat(TestClient.await(this.connection.ended())).isEqualTo("test");
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> TestClient.await(answer))
			.withMessage("test");
		Awaitility.await().until(() -> this.server.clients("nexios-ws").isEmpty());
	}

	@Test
	void requestsHaveFailedInTheirOrderWhenTheEndIsTold() {
		this.proxy.hold(Direction.TO_CLIENT);
		List<String> events = new CopyOnWriteArrayList<>();
		for (int i = 0; i < 3; i++) {
			String name = "request " + i;
			send("INCR", "key").whenComplete((value, failure) -> events.add(name));
		}
		CompletionStage<Void> end = this.connection.ended().thenAccept(events::add);
		this.connection.giveUp("end");
		TestClient.await(end);
		assertThat(events).containsExactly("request 0", "request 1", "request 2", "end");
	}

	@Test
	void connectionEndsWhenTheServerEndsIt() {
		this.server.call("CLIENT", "KILL", "TYPE", "normal");
		assertThat(TestClient.await(this.connection.ended())).startsWith("The connection has ended");
		assertThat(this.server.clients("nexios-ws")).isEmpty();
	}

	private @Nullable Object call(String command, Object... arguments) {
		return TestClient.await(send(command, arguments));
	}

	private CompletableFuture<@Nullable Object> send(String command, Object... arguments) {
		return TestClient.send(this.connection, command, arguments).toCompletableFuture();
	}

	private static String text(@Nullable Object answer) {
		return new String((byte[]) Objects.requireNonNull(answer), StandardCharsets.UTF_8);
	}

	/**
	 * Appends numbers to a list, and again on the thread that reads from Redis.
	 */
	private final class Numbers {

		private final ConcurrentLinkedQueue<CompletionStage<?>> answers = new ConcurrentLinkedQueue<>();

		private int next;

		void append(int more) {
			CompletionStage<@Nullable Object> answer;
			synchronized (this) {
				answer = LettuceConnectionTests.this.connection.send(RedisRequest.of("RPUSH", "numbers", this.next++));
			}
			this.answers.add((more == 0) ? answer : answer.thenAccept((length) -> append(more - 1)));
			LettuceConnectionTests.this.connection.flush();
		}

	}

}
