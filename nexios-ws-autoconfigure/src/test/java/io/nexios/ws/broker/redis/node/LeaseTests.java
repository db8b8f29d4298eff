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

package io.nexios.ws.broker.redis.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.spi.TimeSource;
import io.nexios.ws.testsupport.redis.FakeConnection;
import io.nexios.ws.testsupport.redis.FakeConnection.Call;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lease} and {@link RedisNode}.
 *
 * @author Nexios Team
 */
class LeaseTests implements LeaseListener {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private final ManualTimeSource time = new ManualTimeSource();

	private final FakeConnection connection = new FakeConnection();

	private final List<String> told = new ArrayList<>();

	private final RedisNode node = new RedisNode(new NodeSettings(new RedisNames("nx"), "me", LEASE), (request) -> {
		var answer = this.connection.send(request);
		this.connection.flush();
		return answer;
	}, this.time, this, (group, listed) -> {
	}, new Random(1));

	private int answered;

	@Override
	public void onNewLease() {
		this.told.add("new, over: " + this.node.isLeaseOver());
	}

	@Override
	public void onLease() {
		this.told.add("lease");
	}

	private Call next(String command) {
		Call call = this.connection.written().get(this.answered++);
		assertThat(call.request().command()).isEqualTo(command);
		return call;
	}

	private void answer(@Nullable String before) {
		next("SET").complete((before != null) ? before.getBytes(StandardCharsets.UTF_8) : null);
		next("SADD").complete(1L);
	}

	@Test
	void leaseIsWrittenBeforeAnythingIsAnnounced() {
		assertThat(this.node.isLeaseOver()).isTrue();
		this.node.start();
		Call set = next("SET");
		assertThat(List.of(set.text(0), set.text(1), set.text(2), set.text(3), set.text(4)))
			.containsExactly("nx:node:me", "1", "PX", "30000", "GET");
		set.complete(null);
		assertThat(this.told).isEmpty();
		Call enter = next("SADD");
		assertThat(List.of(enter.text(0), enter.text(1))).containsExactly("nx:nodes", "me");
		enter.complete(1L);
		assertThat(this.told).containsExactly("new, over: true", "lease");
		assertThat(this.node.isLeaseOver()).isFalse();
	}

	@Test
	void leaseIsRenewedEveryThird() {
		this.node.start();
		answer(null);
		this.time.advance(LEASE.dividedBy(3).minusNanos(1));
		assertThat(this.connection.written("SET")).hasSize(1);
		this.time.advance(Duration.ofNanos(1));
		answer("1");
		assertThat(this.told).containsExactly("new, over: true", "lease", "lease");
		this.time.advance(LEASE.dividedBy(3));
		answer("2");
		assertThat(this.connection.written("SET")).hasSize(3);
	}

	@Test
	void leaseIsOverByTheTimeAtWhichItsRenewalWasSent() {
		this.node.start();
		this.time.advance(Duration.ofSeconds(1));
		answer(null);
		this.time.advance(LEASE.minusSeconds(1).minusNanos(1));
		assertThat(this.node.isLeaseOver()).isFalse();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.node.isLeaseOver()).isTrue();
	}

	@Test
	void goneLeaseIsNewOne() {
		this.node.start();
		answer(null);
		this.time.advance(LEASE.dividedBy(3));
		answer(null);
		assertThat(this.told).containsExactly("new, over: true", "lease", "new, over: false", "lease");
	}

	@Test
	void leaseWhoseRenewalHadNoAnswerMayHaveBeenGone() {
		this.node.start();
		answer(null);
		this.time.advance(LEASE.dividedBy(3));
		next("SET").fail("ERR no");
		this.time.advance(Duration.ofSeconds(1));
		answer("2");
		assertThat(this.told).hasSize(4).element(2).isEqualTo("new, over: false");
		this.time.advance(LEASE.dividedBy(3));
		answer("3");
		assertThat(this.told).hasSize(5);
	}

	@Test
	void nodeThatCouldNotBeEnteredHasNoLease() {
		this.node.start();
		next("SET").complete(null);
		next("SADD").fail("OOM no");
		assertThat(this.told).isEmpty();
		assertThat(this.node.isLeaseOver()).isTrue();
		this.time.advance(Duration.ofSeconds(1));
		answer("1");
		assertThat(this.told).containsExactly("new, over: true", "lease");
	}

	@Test
	void newConnectionRenewsOnceAndMovesTheTimer() {
		this.node.start();
		this.node.onConnected();
		assertThat(this.connection.written()).hasSize(1);
		answer(null);
		this.time.advance(Duration.ofSeconds(5));
		this.node.onConnected();
		answer("1");
		this.time.advance(Duration.ofSeconds(9));
		assertThat(this.connection.written("SET")).hasSize(2);
		assertThat(this.time.waiting()).isEqualTo(2);
	}

	@Test
	void timerThatRunsEarlyEndsEverything() {
		List<Runnable> tasks = new ArrayList<>();
		Alarm alarm = new Alarm(new TimeSource() {
			@Override
			public Instant instant() {
				return LeaseTests.this.time.instant();
			}

			@Override
			public long nanoTime() {
				return LeaseTests.this.time.nanoTime();
			}

			@Override
			public Timer schedule(Runnable task, Duration delay) {
				tasks.add(task);
				return () -> tasks.remove(task);
			}
		}, () -> this.told.add("ran"));
		alarm.set(LEASE);
		tasks.remove(0).run();
		alarm.set(LEASE);
		assertThat(tasks).isEmpty();
		assertThat(this.told).isEmpty();
	}

	@Test
	void stopWaitsForRenewalThatIsOnItsWay() {
		this.node.start();
		var stopped = this.node.stop(Duration.ofSeconds(1)).toCompletableFuture();
		assertThat(this.connection.written()).hasSize(1);
		answer(null);
		assertThat(this.told).isEmpty();
		next("DEL").complete(1L);
		next("SRANDMEMBER").complete(List.of("room".getBytes(StandardCharsets.UTF_8)));
		next("EVALSHA").complete(List.of(1L));
		assertThat(stopped).isNotDone();
		next("SRANDMEMBER").complete(List.of());
		next("EVALSHA").complete(List.of(0L));
		assertThat(stopped).isCompleted();
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void stopIsBoundedInTime() {
		this.node.start();
		answer(null);
		var stopped = this.node.stop(Duration.ofSeconds(1)).toCompletableFuture();
		next("DEL").complete(1L);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(stopped).isCompleted();
		next("SRANDMEMBER").complete(List.of());
		next("EVALSHA").complete(List.of(1L));
		assertThat(this.connection.written()).hasSize(this.answered);
	}

	@Test
	void stopWithoutConnectionEndsAtOnce() {
		this.connection.giveUp("test");
		this.node.start();
		assertThat(this.node.stop(Duration.ofSeconds(1)).toCompletableFuture()).isCompleted();
		assertThat(this.time.waiting()).isZero();
	}

}
