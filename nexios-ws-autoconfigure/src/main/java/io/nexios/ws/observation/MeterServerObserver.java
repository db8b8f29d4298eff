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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.nexios.ws.server.limit.Refusal;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.observer.ServerObserver;
import org.jspecify.annotations.Nullable;

/**
 * Records metrics of a server with Micrometer.
 *
 * @author Nexios Team
 */
public final class MeterServerObserver implements ServerObserver {

	private static final String NO_ROUTE = "none";

	private static final String RECOVERED = "recovered";

	private static final String NOT_RECOVERED = "not_recovered";

	private final Map<String, RouteMeters> routes = new ConcurrentHashMap<>();

	private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

	private final MeterRegistry registry;

	private final TaggedCounters handshakesWithoutRoute;

	private final Counter groupSends;

	private final Counter groupDeliveries;

	private final TaggedCounters groupLosses;

	private final TaggedCounters groupResumes;

	private final TaggedCounters tickets;

	/**
	 * Create an observer.
	 * @param registry the registry for the meters
	 */
	public MeterServerObserver(MeterRegistry registry) {
		this.registry = registry;
		this.handshakesWithoutRoute = RouteMeters.handshakes(registry, NO_ROUTE);
		this.groupSends = Counter.builder("nexios.ws.group.sends")
			.description("Messages to groups with members on this node")
			.register(registry);
		this.groupDeliveries = Counter.builder("nexios.ws.group.deliveries")
			.description("Members to which messages to groups were offered")
			.register(registry);
		this.groupLosses = new TaggedCounters(registry, "nexios.ws.groups.lost",
				"Losses of messages that members of groups are told", Tags.empty(), "reason")
			.with("overflow", "retention", "epoch", "fork", "unreadable");
		this.groupResumes = new TaggedCounters(registry, "nexios.ws.resumes",
				"Requests to go on from a position in a group", Tags.empty(), "outcome")
			.with(RECOVERED, NOT_RECOVERED);
		this.tickets = new TaggedCounters(registry, "nexios.ws.tickets", "Tickets for handshakes", Tags.empty(),
				"outcome")
			.with("issued", "redeemed", "refused", "unreadable");
		for (Refusal reason : Refusal.values()) {
			this.refused.put(reason, refused(reason));
		}
	}

	private Counter refused(Refusal reason) {
		return Counter.builder("nexios.ws.handshakes.refused")
			.description("Handshakes refused before a handler ran")
			.tag("reason", TagValue.of(reason))
			.register(this.registry);
	}

	@Override
	public void handshakeAnswered(@Nullable String route, int status) {
		if (route != null) {
			meters(route).handshakeAnswered(status);
		}
		else {
			this.handshakesWithoutRoute.increment(Integer.toString(status));
		}
	}

	@Override
	public void handshakeRefused(Refusal reason) {
		Counter counter = this.refused.get(reason);
		if (counter != null) {
			counter.increment();
		}
	}

	@Override
	public void groupDelivered(int deliveries) {
		this.groupSends.increment();
		this.groupDeliveries.increment(deliveries);
	}

	@Override
	public void groupContinuityLost(String reason) {
		this.groupLosses.increment(reason);
	}

	@Override
	public void groupResumed(boolean recovered) {
		this.groupResumes.increment(recovered ? RECOVERED : NOT_RECOVERED);
	}

	@Override
	public void ticket(String outcome) {
		this.tickets.increment(outcome);
	}

	@Override
	public ConnectionObserver connection(String route) {
		return meters(route);
	}

	private RouteMeters meters(String route) {
		return this.routes.computeIfAbsent(route, (key) -> new RouteMeters(this.registry, key, this.groupLosses));
	}

}
