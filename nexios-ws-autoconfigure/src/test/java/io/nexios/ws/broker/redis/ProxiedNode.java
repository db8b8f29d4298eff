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
import java.util.List;

import io.nexios.ws.testsupport.redis.FaultProxy;
import io.nexios.ws.testsupport.redis.ProxiedConnection;
import io.nexios.ws.testsupport.redis.RedisServer;

/**
 * A node with a proxy between it and Redis.
 *
 * @param node the node
 * @param proxy the proxy
 * @author Nexios Team
 */
record ProxiedNode(TestNode node, FaultProxy proxy) implements AutoCloseable {

	static ProxiedNode start(int port) {
		return start(port, TestNode.SETTINGS.probeInterval());
	}

	static ProxiedNode start(int port, Duration probeInterval) {
		return start(port, probeInterval, TestNode.SETTINGS.lease());
	}

	static ProxiedNode start(int port, Duration probeInterval, Duration lease) {
		FaultProxy proxy = FaultProxy.to(port);
		return new ProxiedNode(TestNode.start(proxy.port(), probeInterval, lease), proxy);
	}

	/**
	 * Return the connection on which the node receives messages.
	 * @param redis the server
	 * @return the connection
	 */
	ProxiedConnection subscriber(RedisServer redis) {
		List<String> subscribers = redis.clients("")
			.stream()
			.filter((client) -> !"0".equals(client.get("sub")))
			.map((client) -> client.getOrDefault("addr", ""))
			.toList();
		return this.proxy.connections()
			.stream()
			.filter((connection) -> subscribers.contains("127.0.0.1:" + connection.serverSidePort()))
			.findFirst()
			.orElseThrow();
	}

	@Override
	public void close() {
		this.proxy.heal();
		this.node.close();
		this.proxy.close();
	}

}
