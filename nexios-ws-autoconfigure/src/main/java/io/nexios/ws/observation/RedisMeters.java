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

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.broker.redis.observer.RedisObserver;

/**
 * Records metrics of the groups on Redis with Micrometer.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class RedisMeters implements RedisObserver {

	private static final String PREFIX = "nexios.ws.engine.";

	private final Map<PublishOutcome, Timer> publishes = new EnumMap<>(PublishOutcome.class);

	private final Map<Reason, Counter> losses = new EnumMap<>(Reason.class);

	private final MeterRegistry registry;

	private final Map<String, Counter> reconnects;

	private final Counter probeFailures;

	private final Counter repairs;

	private final Counter repairedMessages;

	private final Counter ignored;

	/**
	 * Create the meters. All of them are there from the start, except those of
	 * {@link #bind}.
	 * @param registry the registry for the meters
	 */
	public RedisMeters(MeterRegistry registry) {
		this.registry = registry;
		for (PublishOutcome outcome : PublishOutcome.values()) {
			this.publishes.put(outcome, publishes(outcome));
		}
		for (Reason reason : Reason.values()) {
			this.losses.put(reason, losses(reason));
		}
		this.reconnects = Map.of("publish", reconnects("publish"), "commands", reconnects("commands"), "subscribe",
				reconnects("subscribe"));
		this.probeFailures = counter("probe.failures", "Probes that the subscriber of Redis did not receive")
			.register(registry);
		this.repairs = counter("repairs", "Groups that read missing messages from Redis").register(registry);
		this.repairedMessages = counter("repaired.messages", "Missing messages that were read from Redis")
			.baseUnit(BaseUnits.MESSAGES)
			.register(registry);
		this.ignored = counter("ignored", "What came from Redis and was not delivered").register(registry);
	}

	private Timer publishes(PublishOutcome outcome) {
		return Timer.builder(PREFIX + "publishes")
			.description("Time from a message to a group to the answer of Redis")
			.tag("outcome", tag(outcome))
			.register(this.registry);
	}

	private Counter losses(Reason reason) {
		return counter("losses", "Losses of messages of a group").tag("reason", tag(reason)).register(this.registry);
	}

	private Counter reconnects(String connection) {
		return counter("reconnects", "Connections to Redis opened after one had ended").tag("connection", connection)
			.register(this.registry);
	}

	private static Counter.Builder counter(String name, String description) {
		return Counter.builder(PREFIX + name).description(description);
	}

	private static String tag(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Add the gauges of a broker.
	 * @param pendingBytes the size of the messages that wait for Redis
	 * @param groups the number of groups that this node has asked for
	 */
	public void bind(LongSupplier pendingBytes, IntSupplier groups) {
		Gauge.builder(PREFIX + "pending.bytes", pendingBytes::getAsLong)
			.description("Size of the messages that Redis has not accepted yet")
			.baseUnit(BaseUnits.BYTES)
			.register(this.registry);
		Gauge.builder(PREFIX + "groups", groups::getAsInt)
			.description("Groups that this node has asked for at Redis")
			.register(this.registry);
	}

	@Override
	public void published(PublishOutcome outcome, long nanos) {
		Timer timer = this.publishes.get(outcome);
		if (timer != null) {
			timer.record(nanos, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void reconnected(String connection) {
		Counter counter = this.reconnects.get(connection);
		if (counter != null) {
			counter.increment();
		}
	}

	@Override
	public void probeFailed() {
		this.probeFailures.increment();
	}

	@Override
	public void repairing() {
		this.repairs.increment();
	}

	@Override
	public void repaired(int messages) {
		this.repairedMessages.increment(messages);
	}

	@Override
	public void lost(Reason reason) {
		Counter counter = this.losses.get(reason);
		if (counter != null) {
			counter.increment();
		}
	}

	@Override
	public void ignored() {
		this.ignored.increment();
	}

}
