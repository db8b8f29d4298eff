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

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.limit.Refusal;
import io.nexios.ws.server.observer.ConnectionObserver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MeterServerObserver}.
 *
 * @author Nexios Team
 */
class MeterServerObserverTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final MeterServerObserver observer = new MeterServerObserver(this.registry);

	@Test
	void connectionsOfARouteShareTheirMeters() {
		assertThat(this.observer.connection("/a")).isSameAs(this.observer.connection("/a"))
			.isNotSameAs(this.observer.connection("/b"));
	}

	@Test
	void codesOfPeersMakeFewMeters() {
		ConnectionObserver connection = this.observer.connection("/a");
		for (int code = 1000; code < 5000; code++) {
			connection.connectionClosed(code, Duration.ZERO);
		}
		assertThat(this.registry.get("nexios.ws.closes").counters()).hasSize(19);
		assertThat(this.registry.get("nexios.ws.closes").tags("route", "/a", "code", "4xxx").counter().count())
			.isEqualTo(1000);
	}

	@Test
	void handshakeWithoutARouteIsCounted() {
		this.observer.handshakeAnswered(null, 404);
		assertThat(this.registry.get("nexios.ws.handshakes").tags("route", "none", "status", "404").counter().count())
			.isEqualTo(1);
	}

	@Test
	void everyRefusalHasACounterFromTheStart() {
		List<String> reasons = this.registry.get("nexios.ws.handshakes.refused")
			.meters()
			.stream()
			.map((meter) -> meter.getId().getTag("reason"))
			.toList();
		assertThat(reasons).hasSameSizeAs(Refusal.values()).contains("stopping", "overloaded", "threads");
	}

	@Test
	void limitsThatAreExceededAreCounted() {
		this.observer.connection("/a").limitExceeded(Limit.MESSAGE_RATE);
		assertThat(this.registry.get("nexios.ws.limits.exceeded")
			.tags("route", "/a", "limit", "message-rate")
			.counter()
			.count()).isEqualTo(1);
	}

	@Test
	void deliveriesAreCountedBesideSends() {
		this.observer.groupDelivered(3);
		this.observer.groupDelivered(4);
		assertThat(this.registry.get("nexios.ws.group.sends").counter().count()).isEqualTo(2);
		assertThat(this.registry.get("nexios.ws.group.deliveries").counter().count()).isEqualTo(7);
	}

	@Test
	void ticketsAreCountedByTheirOutcome() {
		this.observer.ticket("redeemed");
		List<String> outcomes = this.registry.get("nexios.ws.tickets")
			.meters()
			.stream()
			.map((meter) -> meter.getId().getTag("outcome"))
			.toList();
		assertThat(outcomes).containsExactlyInAnyOrder("issued", "redeemed", "refused", "unreadable");
		assertThat(this.registry.get("nexios.ws.tickets").tag("outcome", "redeemed").counter().count()).isEqualTo(1);
	}

	@Test
	void everyLossHasACounterFromTheStart() {
		List<String> reasons = this.registry.get("nexios.ws.groups.lost")
			.meters()
			.stream()
			.map((meter) -> meter.getId().getTag("reason"))
			.toList();
		assertThat(reasons).containsExactlyInAnyOrder("overflow", "retention", "epoch", "fork", "unreadable");
	}

	@Test
	void lossesAreCountedByTheirReason() {
		this.observer.groupContinuityLost("fork");
		this.observer.connection("/a").dropNoticeQueued();
		this.observer.connection("/b").dropNoticeQueued();
		assertThat(count("nexios.ws.groups.lost", "reason", "fork")).isEqualTo(1);
		assertThat(count("nexios.ws.groups.lost", "reason", "overflow")).isEqualTo(2);
		assertThat(count("nexios.ws.groups.lost", "reason", "epoch")).isZero();
	}

	@Test
	void resumesAreCountedByTheirOutcome() {
		this.observer.groupResumed(true);
		this.observer.groupResumed(false);
		this.observer.groupResumed(false);
		assertThat(count("nexios.ws.resumes", "outcome", "recovered")).isEqualTo(1);
		assertThat(count("nexios.ws.resumes", "outcome", "not_recovered")).isEqualTo(2);
	}

	@Test
	void messagesThatConsumersDropAreCounted() {
		this.observer.connection("/a").messageFailed(new IllegalStateException());
		assertThat(count("nexios.ws.messages.failed", "route", "/a")).isEqualTo(1);
	}

	private double count(String name, String tag, String value) {
		return this.registry.get(name).tag(tag, value).counter().count();
	}

	@Test
	void tagsAreOfAShortList() {
		this.observer.handshakeAnswered("/a", 101);
		this.observer.connection("/a").connectionClosed(1000, Duration.ZERO);
		Set<String> keys = this.registry.getMeters()
			.stream()
			.map(Meter::getId)
			.flatMap((id) -> id.getTags().stream())
			.map(Tag::getKey)
			.collect(Collectors.toSet());
		assertThat(keys).containsExactlyInAnyOrder("route", "status", "code", "reason", "outcome");
	}

}
