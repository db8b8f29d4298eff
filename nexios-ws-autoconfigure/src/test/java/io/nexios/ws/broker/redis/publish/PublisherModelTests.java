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
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.redis.publish.SimulatedStreams.Connection;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random tests for {@link Publisher} against a model of Redis: connections end at any
 * moment, Redis executes what was on its way later or never, and answers are errors or
 * come too late.
 *
 * @author Nexios Team
 */
class PublisherModelTests {

	private static final long MAX_PENDING = 4_000;

	private static final int STEPS = 400;

	private static final List<String> GROUPS = List.of("a", "b", "c");

	private static final List<String> ERRORS = List.of("NOSCRIPT no", "READONLY no", "OOM no", "OOM no");

	private final PublishFixture fixture = new PublishFixture(MAX_PENDING);

	private final SimulatedStreams redis = new SimulatedStreams();

	private final List<Connection> connections = new ArrayList<>();

	private final List<Sent> messages = new ArrayList<>();

	private final AtomicInteger ends = new AtomicInteger();

	private @Nullable Connection current;

	static IntStream seeds() {
		return IntStream.range(0, Integer.getInteger("nexios.publish.seeds", 150));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void outcomesAreTrueAndOrderIsKept(int seed) {
		Random random = new Random(seed);
		for (int i = 0; i < STEPS; i++) {
			step(random);
			assertThat(this.fixture.publisher.pendingBytes()).isBetween(0L, MAX_PENDING);
			assertThat(this.fixture.time.waiting()).isLessThanOrEqualTo(1);
		}
		settle();
		check();
	}

	private void step(Random random) {
		switch (random.nextInt(16)) {
			case 0, 1, 2, 3, 4 -> publish(random);
			case 5, 6, 7 -> execute(random, this.current);
			case 8, 9, 10 -> answer(random);
			case 11 -> end(random);
			case 12 -> connect();
			case 13 -> this.fixture.time.advance(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 50 : 900)));
			case 14 -> execute(random,
					this.connections.isEmpty() ? null : this.connections.get(random.nextInt(this.connections.size())));
			default -> change(random);
		}
	}

	private void publish(Random random) {
		int number = this.messages.size();
		String group = GROUPS.get(random.nextInt(GROUPS.size()));
		boolean saved = random.nextInt(4) > 0;
		CompletableFuture<Acceptance> result = this.fixture
			.publish(PublishFixture.publication(group, "#" + number, saved));
		result.whenComplete((acceptance, failure) -> this.ends.incrementAndGet());
		this.messages.add(new Sent(group, saved, result));
	}

	private void execute(Random random, @Nullable Connection connection) {
		for (int i = random.nextInt(6); connection != null && i > 0; i--) {
			connection.execute();
		}
	}

	private void answer(Random random) {
		for (int i = random.nextInt(6); this.current != null && i > 0; i--) {
			this.current.answer();
		}
		endIfGivenUp();
	}

	private void endIfGivenUp() {
		if (this.current != null && !this.current.reason().isEmpty()) {
			this.fixture.publisher.onDown("given up");
			this.current = null;
		}
	}

	private void end(Random random) {
		if (this.current != null && random.nextBoolean()) {
			this.current.giveUp("test");
			if (random.nextBoolean()) {
				publish(random);
			}
			endIfGivenUp();
		}
	}

	private void connect() {
		if (this.current == null) {
			this.current = this.redis.new Connection();
			this.connections.add(this.current);
			this.fixture.publisher.onUp(this.current);
		}
	}

	private void change(Random random) {
		this.redis.error = (random.nextInt(3) == 0) ? ERRORS.get(random.nextInt(ERRORS.size())) : "";
		this.fixture.lease = random.nextInt(4) > 0;
		this.fixture.publisher.proceed();
	}

	private void settle() {
		this.redis.error = "";
		this.fixture.lease = true;
		this.fixture.publisher.proceed();
		boolean more = true;
		while (more) {
			connect();
			Connection connection = this.current;
			more = connection != null && (connection.execute() | connection.answer());
			endIfGivenUp();
			more |= this.current == null;
		}
		this.fixture.time.advance(PublishFixture.TIMEOUT);
		// Whatever was on its way arrives at last
		this.connections.forEach((connection) -> {
			while (connection.execute()) {
				connection.answer();
			}
		});
	}

	private void check() {
		assertThat(this.fixture.publisher.pendingBytes()).isZero();
		assertThat(this.fixture.time.waiting()).isZero();
		assertThat(this.ends).hasValue(this.messages.size());
		assertThat(this.fixture.outcomes).hasSize(this.messages.size());
		for (int i = 0; i < this.messages.size(); i++) {
			check(i, this.messages.get(i));
		}
		this.redis.streams.values().forEach((stream) -> assertThat(stream).isSorted().doesNotHaveDuplicates());
	}

	private void check(int number, Sent message) {
		List<Integer> executed = message.saved
				? this.redis.streams.getOrDefault(PublishFixture.NAMES.group(message.group).stream(), List.of())
				: this.redis.published;
		long times = executed.stream().filter((each) -> each == number).count();
		Object end = PublishFixture.end(message.result);
		Map<String, Object> description = Map.of("number", number, "end", end, "message", message);
		if (end instanceof Acceptance acceptance) {
			assertThat(times).as(description.toString()).isOne();
			assertThat(acceptance.offset()).as(description.toString())
				.isIn(-1L, message.saved ? executed.indexOf(number) + 1L : 0L);
		}
		else if (end instanceof SendOutcomeUnknownException) {
			assertThat(times).as(description.toString()).isLessThanOrEqualTo(1);
		}
		else {
			assertThat(times).as(description.toString()).isZero();
		}
	}

	private record Sent(String group, boolean saved, CompletableFuture<Acceptance> result) {

	}

}
