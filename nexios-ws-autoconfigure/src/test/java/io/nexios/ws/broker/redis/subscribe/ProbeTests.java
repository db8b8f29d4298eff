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

package io.nexios.ws.broker.redis.subscribe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.broker.redis.lane.Lane;
import io.nexios.ws.broker.redis.lane.LaneLog;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * @author Nexios Team
 */
class ProbeTests extends SubscriptionsFixture {

	private static final Duration TICK = Duration.ofMillis(500);

	private void advance(Duration duration) {
		for (long i = duration.dividedBy(TICK); i > 0; i--) {
			this.time.advance(TICK);
			settle();
		}
	}

	@Test
	void quietConnectionIsProbedAndStays() {
		connect();
		settle();
		int before = this.redis.requests();
		advance(Duration.ofMinutes(1));
		assertThat(isConnected()).isTrue();
		assertThat(this.redis.requests() - before).isBetween(8, 12);
		assertThat(this.recorder.probeFailures).isZero();
		assertThat(this.recorder.ignored).isZero();
	}

	@Test
	void deafConnectionIsGivenUpAfterTwoIntervals() {
		connect();
		settle();
		connection().becomeDeaf();
		advance(PROBE.multipliedBy(2).minus(TICK));
		assertThat(isConnected()).isTrue();
		advance(Duration.ofSeconds(1));
		assertThat(isConnected()).isFalse();
		assertThat(this.recorder.probeFailures).isEqualTo(1);
	}

	@Test
	void deafConnectionIsReplacedAndWhatItMissedArrives() {
		connect();
		subscribe("a");
		connection().becomeDeaf();
		this.redis.publish("a", "1", true);
		advance(PROBE.multipliedBy(2).plusSeconds(1));
		assertThat(isConnected()).isFalse();
		connectSubscriber();
		settle();
		assertThat(texts()).containsExactly("1");
	}

	@Test
	void messagesMakeTheProbeUnnecessary() {
		connect();
		subscribe("a");
		AtomicInteger probes = new AtomicInteger();
		this.publish = (request) -> {
			probes.incrementAndGet();
			return this.redis.call(request);
		};
		for (int i = 0; i < 20; i++) {
			this.redis.publish("a", "x", false);
			advance(Duration.ofSeconds(1));
		}
		assertThat(probes).hasValue(0);
	}

	@Test
	void probeThatCannotBePublishedSaysNothing() {
		connect();
		settle();
		connection().becomeDeaf();
		this.publish = (request) -> CompletableFuture.failedStage(FakeRedis.lost());
		advance(Duration.ofMinutes(1));
		assertThat(isConnected()).isTrue();
		assertThat(this.recorder.probeFailures).isZero();
	}

	@Test
	void probeWithoutAnAnswerSaysNothing() {
		connect();
		settle();
		connection().becomeDeaf();
		this.publish = (request) -> new CompletableFuture<>();
		advance(Duration.ofMinutes(1));
		assertThat(isConnected()).isTrue();
	}

	@Test
	void tickThatComesLateSaysNothing() {
		CompletableFuture<Object> published = CompletableFuture.completedFuture(1L);
		Probe probe = new Probe(new Lane(Runnable::run, new LaneLog(this.time)), "probe", PROBE,
				(request) -> published.copy(), this.recorder);
		FakeSubscriber subscriber = connectSubscriber();
		long now = this.time.nanoTime();
		probe.connected(subscriber, now);
		for (int i = 1; i <= 13; i++) {
			probe.tick(now + i * TICK.toNanos());
		}
		now += 13 * TICK.toNanos() + PROBE.toNanos();
		probe.tick(now);
		assertThat(subscriber.isEnded()).isFalse();
		for (int i = 1; i <= 21; i++) {
			probe.tick(now + i * TICK.toNanos());
		}
		assertThat(subscriber.isEnded()).isTrue();
	}

}
