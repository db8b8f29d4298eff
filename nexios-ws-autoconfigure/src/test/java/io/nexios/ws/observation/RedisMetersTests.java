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

package io.nexios.ws.observation;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.broker.redis.observer.RedisObserver.PublishOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisMeters}.
 *
 * @author Nexios Team
 */
class RedisMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final RedisMeters meters = new RedisMeters(this.registry);

	@ParameterizedTest
	@CsvSource({ "ACCEPTED, accepted", "UNAVAILABLE, unavailable", "UNKNOWN, unknown", "OVERLOADED, overloaded" })
	void publicationsAreTimedByTheirOutcome(PublishOutcome outcome, String tag) {
		this.meters.published(outcome, 3_000_000);
		assertThat(this.registry.get("nexios.ws.engine.publishes")
			.tag("outcome", tag)
			.timer()
			.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(3);
		assertThat(this.registry.get("nexios.ws.engine.publishes").timers()).hasSize(4);
	}

	@ParameterizedTest
	@CsvSource({ "RETENTION, retention", "EPOCH, epoch", "FORK, fork", "UNREADABLE, unreadable" })
	void lossesAreCountedByTheirReason(Reason reason, String tag) {
		this.meters.lost(reason);
		assertThat(count("nexios.ws.engine.losses", "reason", tag)).isEqualTo(1);
		assertThat(this.registry.get("nexios.ws.engine.losses").counters()).hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "publish", "commands", "subscribe" })
	void reconnectsAreCountedByTheirConnection(String connection) {
		this.meters.reconnected(connection);
		assertThat(count("nexios.ws.engine.reconnects", "connection", connection)).isEqualTo(1);
	}

	@Test
	void unknownConnectionMakesNoMeter() {
		this.meters.reconnected("other");
		assertThat(this.registry.get("nexios.ws.engine.reconnects").counters()).hasSize(3);
	}

	@Test
	void repairsAreCountedWithTheirMessages() {
		this.meters.repairing();
		this.meters.repaired(7);
		this.meters.repaired(2);
		assertThat(this.registry.get("nexios.ws.engine.repairs").counter().count()).isEqualTo(1);
		assertThat(this.registry.get("nexios.ws.engine.repaired.messages").counter().count()).isEqualTo(9);
	}

	@Test
	void failedProbesAndWhatIsIgnoredAreCounted() {
		this.meters.probeFailed();
		this.meters.ignored();
		this.meters.ignored();
		assertThat(this.registry.get("nexios.ws.engine.probe.failures").counter().count()).isEqualTo(1);
		assertThat(this.registry.get("nexios.ws.engine.ignored").counter().count()).isEqualTo(2);
	}

	@Test
	void gaugesFollowTheBroker() {
		AtomicLong bytes = new AtomicLong();
		AtomicInteger groups = new AtomicInteger();
		this.meters.bind(bytes::get, groups::get);
		bytes.set(5_000_000_000L);
		groups.set(42);
		assertThat(this.registry.get("nexios.ws.engine.pending.bytes").gauge().value()).isEqualTo(5e9);
		assertThat(this.registry.get("nexios.ws.engine.groups").gauge().value()).isEqualTo(42);
	}

	@Test
	void metersHaveDescriptions() {
		this.meters.bind(() -> 0, () -> 0);
		assertThat(this.registry.getMeters()).extracting(Meter::getId)
			.allSatisfy((id) -> assertThat(id.getDescription()).isNotEmpty());
	}

	private double count(String name, String tag, String value) {
		return this.registry.get(name).tag(tag, value).counter().count();
	}

}
