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

package io.nexios.ws.broker.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.GroupBroker.History;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.NodeCommand;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.broker.redis.lettuce.LettuceConnector;
import io.nexios.ws.broker.redis.lettuce.LettuceOptions;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.channel.Present;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.thread.ServerTime;
import io.nexios.ws.spi.TimeSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A node with a broker, which records what is delivered.
 *
 * @author Nexios Team
 */
final class TestNode implements AutoCloseable {

	/** The number of messages that a group keeps. */
	static final int MAX_MESSAGES = 1000;

	/** The settings. */
	static final RedisSettings SETTINGS = new RedisSettings("nx", Duration.ofSeconds(2), 16 * 1024 * 1024,
			Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30));

	private final Map<String, DeliveredMessages> delivered = new ConcurrentHashMap<>();

	private final List<BrokerState> states = new CopyOnWriteArrayList<>();

	private final List<String> received = new CopyOnWriteArrayList<>();

	private final Set<String> channels = ConcurrentHashMap.newKeySet();

	private final ServerThreads threads = new ServerThreads(16);

	private final RedisClient client;

	private final RedisGroupBroker broker;

	private TestNode(RedisURI uri, RedisSettings settings, int maxMessages, UnaryOperator<TimeSource> clock) {
		this.client = RedisClient.create(uri);
		this.client.setOptions(LettuceOptions.of(ClientOptions.create()));
		TimeSource time = clock.apply(new ServerTime(this.threads));
		this.broker = new RedisGroupBroker(new LettuceConnector(this.client, time), settings, limits(maxMessages), time,
				this.threads::executeSurely, RedisObserver.NONE);
	}

	private static HistoryLimits limits(int maxMessages) {
		return new HistoryLimits(maxMessages, Long.MAX_VALUE, Duration.ofMinutes(5), Long.MAX_VALUE);
	}

	static TestNode start(int port) {
		return start(port, SETTINGS.probeInterval(), SETTINGS.lease());
	}

	static TestNode start(int port, Duration probeInterval, Duration lease) {
		return start(port, settings(probeInterval, lease));
	}

	static TestNode start(int port, RedisSettings settings) {
		TestNode node = create(port, settings, MAX_MESSAGES);
		node.broker.start(node.new Recorder());
		return node;
	}

	static RedisSettings settings(Duration probeInterval, Duration lease) {
		return new RedisSettings("nx", SETTINGS.publishTimeout(), SETTINGS.maxPending(), SETTINGS.unsubscribeDelay(),
				probeInterval, lease);
	}

	static TestNode start(RedisURI uri) {
		return start(uri, SETTINGS);
	}

	static TestNode start(RedisURI uri, RedisSettings settings) {
		TestNode node = new TestNode(uri, settings, MAX_MESSAGES, UnaryOperator.identity());
		node.broker.start(node.new Recorder());
		return node;
	}

	static TestNode start(int port, UnaryOperator<TimeSource> clock) {
		TestNode node = new TestNode(RedisURI.create("127.0.0.1", port), SETTINGS, MAX_MESSAGES, clock);
		node.broker.start(node.new Recorder());
		return node;
	}

	static TestNode create(int port, RedisSettings settings, int maxMessages) {
		return new TestNode(RedisURI.create("127.0.0.1", port), settings, maxMessages, UnaryOperator.identity());
	}

	GroupBroker broker() {
		return this.broker;
	}

	List<BrokerState> states() {
		return this.states;
	}

	/**
	 * Return what other nodes have sent, and which members were lost with them.
	 * @return a line for each
	 */
	List<String> received() {
		return this.received;
	}

	/**
	 * Add a channel of this node.
	 * @return its id
	 */
	String addChannel() {
		String id = this.broker.nodeId() + "." + UUID.randomUUID().toString().replace("-", "");
		this.channels.add(id);
		return id;
	}

	DeliveredMessages delivered(String group) {
		return this.delivered.computeIfAbsent(group, (name) -> new DeliveredMessages());
	}

	Position subscribe(String group) {
		awaitState(BrokerState.Level.UP);
		return get(this.broker.subscribe(group));
	}

	/**
	 * Publish numbered messages one after the other.
	 * @param group the group
	 * @param first the first number
	 * @param end the number after the last
	 */
	void publishAll(String group, int first, int end) {
		publishAll(group, first, end, 1);
	}

	/**
	 * Publish numbered messages one after the other.
	 * @param group the group
	 * @param first the first number
	 * @param end the number after the last
	 * @param length the minimum length of each message
	 */
	void publishAll(String group, int first, int end, int length) {
		awaitState(BrokerState.Level.UP);
		for (int number = first; number < end; number++) {
			String text = Integer.toString(number);
			publish(group, "0".repeat(Math.max(0, length - text.length())) + text, Instant.now(), true);
		}
	}

	Acceptance publish(String group, String text, Instant created, boolean saved) {
		return get(this.broker
			.publish(new Publication(group, UUID.randomUUID(), created, new Payload.Text(text), null, saved)));
	}

	History history(String group, @Nullable Position after) {
		return get(this.broker.history(group, after));
	}

	void awaitState(BrokerState.Level level) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.atMost(30, TimeUnit.SECONDS)
			.until(() -> this.broker.state().level() == level);
	}

	private static <T> T get(CompletionStage<T> stage) {
		return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
	}

	@Override
	public void close() {
		this.broker.close();
		// Lettuce does not always report its end
		this.client.shutdownAsync(0, 5, TimeUnit.SECONDS).completeOnTimeout(null, 20, TimeUnit.SECONDS).join();
		this.threads.close();
	}

	private final class Recorder implements GroupBroker.Subscriber {

		@Override
		public void onMessage(BrokerMessage message) {
			delivered(message.publication().group()).add(message);
		}

		@Override
		public void onLoss(GroupBroker.Loss loss) {
			delivered(loss.group()).add(loss);
		}

		@Override
		public boolean onDirect(String channelId, Payload payload) {
			TestNode.this.received.add(payload.toString());
			return TestNode.this.channels.contains(channelId);
		}

		@Override
		public void onCommand(NodeCommand command) {
			TestNode.this.received.add(command.toString());
		}

		@Override
		public void onMembersLost(String group, List<Present> present) {
			TestNode.this.received.add(group + present.stream().map(Present::channelId).toList());
		}

		@Override
		public void onState(BrokerState state) {
			TestNode.this.states.add(state);
		}

	}

}
