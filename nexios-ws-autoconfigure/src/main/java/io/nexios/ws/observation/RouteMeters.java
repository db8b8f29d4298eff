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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.observer.ConnectionObserver;

/**
 * The meters of one route. All its connections share them, so no meter is looked up for a
 * message.
 *
 * @author Nexios Team
 */
final class RouteMeters implements ConnectionObserver {

	private final AtomicInteger connections = new AtomicInteger();

	private final MeterRegistry registry;

	private final String route;

	private final TaggedCounters handshakes;

	private final TaggedCounters closes;

	private final TaggedCounters limits;

	private final TaggedCounters losses;

	private final Counter received;

	private final Counter receivedBytes;

	private final Counter sent;

	private final Counter sentBytes;

	private final Counter dropped;

	private final Counter failed;

	private final Counter refusedWaits;

	private final Timer handling;

	private final Timer paused;

	private final Timer roundTrip;

	/**
	 * Create the meters of a route.
	 * @param registry the registry for the meters
	 * @param route the path of the route
	 * @param losses counts losses of groups by their reason, for all routes
	 */
	RouteMeters(MeterRegistry registry, String route, TaggedCounters losses) {
		this.registry = registry;
		this.route = route;
		this.losses = losses;
		this.handshakes = handshakes(registry, route);
		this.closes = new TaggedCounters(registry, "nexios.ws.closes", "Connections that have ended",
				Tags.of("route", route), "code");
		this.limits = new TaggedCounters(registry, "nexios.ws.limits.exceeded",
				"Connections closed because a limit was exceeded", Tags.of("route", route), "limit");
		this.received = counter("messages.received", "Messages received completely", BaseUnits.MESSAGES);
		this.receivedBytes = counter("messages.received.bytes", "Size of the messages received", BaseUnits.BYTES);
		this.sent = counter("messages.sent", "Messages handed to the operating system", BaseUnits.MESSAGES);
		this.sentBytes = counter("messages.sent.bytes", "Size of the messages sent", BaseUnits.BYTES);
		this.dropped = counter("messages.dropped", "Messages dropped for peers that read too slowly",
				BaseUnits.MESSAGES);
		this.failed = counter("messages.failed", "Messages that consumers dropped because groups were unavailable",
				BaseUnits.MESSAGES);
		this.refusedWaits = counter("waits.refused",
				"Messages that found a full queue and did not wait for room, because too many threads wait for peers",
				BaseUnits.MESSAGES);
		this.handling = timer("message.handling", "Time from receiving a message to asking for the next one");
		this.paused = timer("inbound.paused", "Time during which the server did not read from connections");
		this.roundTrip = timer("round.trip", "Time from a ping to its pong");
		Gauge.builder("nexios.ws.connections", this.connections, AtomicInteger::get)
			.description("Open connections")
			.tag("route", route)
			.register(registry);
	}

	static TaggedCounters handshakes(MeterRegistry registry, String route) {
		return new TaggedCounters(registry, "nexios.ws.handshakes", "Handshakes answered", Tags.of("route", route),
				"status");
	}

	private Counter counter(String name, String description, String unit) {
		return Counter.builder("nexios.ws." + name)
			.description(description)
			.baseUnit(unit)
			.tag("route", this.route)
			.register(this.registry);
	}

	private Timer timer(String name, String description) {
		return Timer.builder("nexios.ws." + name)
			.description(description)
			.tag("route", this.route)
			.register(this.registry);
	}

	void handshakeAnswered(int status) {
		this.handshakes.increment(Integer.toString(status));
	}

	@Override
	public void connectionOpened() {
		this.connections.incrementAndGet();
	}

	@Override
	public void connectionClosed(int code, Duration lifetime) {
		this.closes.increment(CloseCodeGroup.of(code));
		this.connections.decrementAndGet();
	}

	@Override
	public void messageReceived(int bytes) {
		this.received.increment();
		this.receivedBytes.increment(bytes);
	}

	@Override
	public void limitExceeded(Limit limit) {
		this.limits.increment(TagValue.of(limit));
	}

	@Override
	public void messageHandled(long nanos) {
		this.handling.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void messagesSent(int messages, int bytes) {
		this.sent.increment(messages);
		this.sentBytes.increment(bytes);
	}

	@Override
	public void messagesDropped(int messages) {
		this.dropped.increment(messages);
	}

	@Override
	public void messageFailed(Throwable failure) {
		this.failed.increment();
	}

	@Override
	public void dropNoticeQueued() {
		this.losses.increment("overflow");
	}

	@Override
	public void waitRefused() {
		this.refusedWaits.increment();
	}

	@Override
	public void readingResumed(long nanos) {
		this.paused.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void pingAnswered(long nanos) {
		this.roundTrip.record(nanos, TimeUnit.NANOSECONDS);
	}

}
