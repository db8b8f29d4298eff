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

package io.nexios.ws.server.handler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.MemoryGroupBroker;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.connection.TestSettings;
import io.nexios.ws.server.group.BrokerChannelBox;
import io.nexios.ws.server.group.ClosePace;
import io.nexios.ws.server.group.GroupSettings;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.lifecycle.ConnectionIds;
import io.nexios.ws.server.lifecycle.EventSink;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.thread.ServerTime;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.spi.RateLimiters;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.Assert;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Groups with real connections to {@link LocalConnection peers in memory}.
 *
 * @author Nexios Team
 */
public final class LocalServer implements AutoCloseable {

	/** How many groups a connection may be in. */
	public static final int MAX_GROUPS = 5;

	private static final HistoryLimits HISTORY = new HistoryLimits(100, 1 << 20, Duration.ofDays(1), 1 << 24);

	/** How many messages may wait for a member that is joining. */
	public static final int MAX_MESSAGES = 16_384;

	/** How many bytes may wait for a member that is joining. */
	public static final int MAX_BYTES = 1 << 20;

	private final ServerThreads threads = new ServerThreads(50);

	private final ConnectionRegistry connections = new ConnectionRegistry();

	private final List<Object> events = new CopyOnWriteArrayList<>();

	private final List<String> threadsOfEvents = new CopyOnWriteArrayList<>();

	private final ServerEnvironment environment;

	private final BrokerChannelBox box;

	private volatile boolean listening;

	public LocalServer() {
		this(broker(100), JsonMapper.shared(), null);
	}

	public LocalServer(GroupBroker broker, JsonMapper mapper, @Nullable Duration channelExpires) {
		this(new Builder(broker).channelExpires(channelExpires), mapper);
	}

	private LocalServer(Builder builder, JsonMapper mapper) {
		JsonCodec json = new JsonCodec(mapper);
		TimeSource time = (builder.time != null) ? builder.time : new ServerTime(this.threads);
		this.box = new BrokerChannelBox(builder.broker, this.connections, json,
				new GroupSettings(MAX_GROUPS, builder.maxBytes, MAX_MESSAGES, builder.history, builder.closePace),
				this.threads, time, new Events(), builder.observer);
		this.environment = new ServerEnvironment(builder.settings.build(), this.threads, json, new Events(), this.box,
				builder.observer, RateLimiters.UNLIMITED, new ConnectionIds(builder.broker.nodeId()),
				new LogThrottle<>());
	}

	/**
	 * Prepare a server.
	 * @param broker its broker
	 * @return a builder with the defaults
	 */
	public static Builder with(GroupBroker broker) {
		return new Builder(broker);
	}

	public static MemoryGroupBroker broker(int maxMessages) {
		return new MemoryGroupBroker(new HistoryLimits(maxMessages, Long.MAX_VALUE, Duration.ofDays(1), Long.MAX_VALUE),
				new ManualTimeSource());
	}

	public BrokerChannelBox box() {
		return this.box;
	}

	public ConnectionRegistry connections() {
		return this.connections;
	}

	public ServerThreads threads() {
		return this.threads;
	}

	public LocalConnection connect() {
		return LocalConnection.open(this.environment, this.connections);
	}

	public LocalConnection connecting() {
		return LocalConnection.connecting(this.environment, this.connections);
	}

	/**
	 * Create a connection whose handshake is undecided.
	 * @param positions the query parameters {@code position} of its request
	 * @return the connection
	 */
	public LocalConnection connecting(List<String> positions) {
		MultiValueMap<String, String> queryParams = new LinkedMultiValueMap<>();
		queryParams.put("position", positions);
		return LocalConnection.connecting(this.environment, this.connections, queryParams);
	}

	public void listen() {
		this.listening = true;
	}

	public List<Object> events() {
		return this.events;
	}

	/**
	 * Return on which threads events were published.
	 * @return the name of the thread of each event
	 */
	public List<String> threadsOfEvents() {
		return this.threadsOfEvents;
	}

	/**
	 * Return how many entries are kept for connections, channels, memberships and groups.
	 * @return a number for each of them
	 */
	public List<Integer> kept() {
		Object memberships = field(this.box, "memberships");
		return List.of(size(this.connections, "connections"), size(this.connections, "channels"),
				size(memberships, "byConnection"), size(field(this.box, "groups"), "groups"));
	}

	/**
	 * Return the memberships of all connections.
	 * @return the objects of the server
	 */
	public List<Object> memberships() {
		List<Object> memberships = new ArrayList<>();
		for (Object entry : ((Map<?, ?>) field(field(this.box, "memberships"), "byConnection")).values()) {
			memberships.addAll(((Map<?, ?>) field(entry, "memberships")).values());
		}
		return memberships;
	}

	/**
	 * Return how many timers are set, not counting what runs again and again.
	 * @return the number
	 */
	public long timers() {
		return ((ScheduledThreadPoolExecutor) field(this.threads, "clock")).getQueue()
			.stream()
			.filter((task) -> !((RunnableScheduledFuture<?>) task).isPeriodic())
			.count();
	}

	private static int size(Object object, String map) {
		return ((Map<?, ?>) field(object, map)).size();
	}

	private static Object field(Object object, String name) {
		Object value = ReflectionTestUtils.getField(object, name);
		Assert.state(value != null, name);
		return value;
	}

	@Override
	public void close() {
		this.threads.close();
	}

	private final class Events implements EventSink {

		@Override
		public boolean isListening(Class<?> eventType) {
			return LocalServer.this.listening;
		}

		@Override
		public void publish(Object event) {
			LocalServer.this.threadsOfEvents.add(Thread.currentThread().getName());
			LocalServer.this.events.add(event);
		}

	}

	/**
	 * Builds servers.
	 */
	public static final class Builder {

		private final GroupBroker broker;

		private final TestSettings settings = TestSettings.defaults();

		private HistoryLimits history = HISTORY;

		private int maxBytes = MAX_BYTES;

		private ServerObserver observer = ServerObserver.NONE;

		private ClosePace closePace = new ClosePace(10_000, Duration.ZERO);

		private @Nullable TimeSource time;

		private Builder(GroupBroker broker) {
			this.broker = broker;
		}

		/**
		 * Set the limits of what is kept for members that come back.
		 * @param history the limits
		 * @return this builder
		 */
		public Builder history(HistoryLimits history) {
			this.history = history;
			return this;
		}

		/**
		 * Set how many bytes may wait for a member that is joining.
		 * @param maxBytes the number of bytes
		 * @return this builder
		 */
		public Builder maxBytes(int maxBytes) {
			this.maxBytes = maxBytes;
			return this;
		}

		public Builder observer(ServerObserver observer) {
			this.observer = observer;
			return this;
		}

		public Builder time(TimeSource time) {
			this.time = time;
			return this;
		}

		/**
		 * Set how fast all connections are closed.
		 * @param closePace the pace
		 * @return this builder
		 */
		public Builder closePace(ClosePace closePace) {
			this.closePace = closePace;
			return this;
		}

		public Builder acceptTimeout(Duration acceptTimeout) {
			this.settings.withAcceptTimeout(acceptTimeout);
			return this;
		}

		private Builder channelExpires(@Nullable Duration channelExpires) {
			this.settings.withChannelExpires(channelExpires);
			return this;
		}

		public LocalServer build() {
			return new LocalServer(this, JsonMapper.shared());
		}

	}

}
