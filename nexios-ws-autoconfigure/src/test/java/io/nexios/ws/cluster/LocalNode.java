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

package io.nexios.ws.cluster;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.cluster.WriterLog.Outcome;
import io.nexios.ws.testsupport.TestServer;
import org.awaitility.Awaitility;

/**
 * A node in this JVM.
 *
 * @param server the server
 * @author Nexios Team
 */
record LocalNode(TestServer server) implements RoomNode {

	/**
	 * Start a node and wait until it works.
	 * @param redisPort the port of Redis
	 * @param properties further properties
	 * @return the node
	 */
	static LocalNode start(int redisPort, String... properties) {
		return start(List.of(), redisPort, properties);
	}

	static LocalNode start(List<Class<?>> configurations, int redisPort, String... properties) {
		List<Class<?>> all = Stream.concat(Stream.of(RoomApplication.class), configurations.stream()).toList();
		LocalNode node = new LocalNode(TestServer.start(all, properties(redisPort, properties)));
		Awaitility.await("the node is up").atMost(60, TimeUnit.SECONDS).until(node::isUp);
		return node;
	}

	/**
	 * Return the properties of a node.
	 * @param redisPort the port of Redis
	 * @param more further properties
	 * @return all properties
	 */
	static String[] properties(int redisPort, String... more) {
		return Stream
			.concat(Stream.of("nexios.ws.redis.enabled=true", "nexios.ws.metrics.enabled=false",
					"logging.level.io.nexios.ws.handler=error", "logging.level.io.lettuce=error",
					"spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + redisPort), Stream.of(more))
			.toArray(String[]::new);
	}

	ChannelBox channels() {
		return this.server.bean(ChannelBox.class);
	}

	String id() {
		return this.server.bean(GroupBroker.class).nodeId();
	}

	@Override
	public int port() {
		return this.server.port();
	}

	@Override
	public boolean isUp() {
		return this.server.bean(GroupBroker.class).state().equals(BrokerState.UP);
	}

	@Override
	public Outcome send(String room, String text) {
		return new RoomSender(channels()).send(room, text);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
