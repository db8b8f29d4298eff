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

package io.nexios.ws.actuate;

import java.util.Map;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.server.ServerLoad;
import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.group.BrokerChannelBox;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Reports up, or out of service while the connections are drained.
 * <p>
 * An overloaded server, for whose peers too much waits together, also reports up. A
 * detail reports the overload. The server itself refuses handshakes until the overload is
 * over, which does not take long. The rest of the application continues to work. If a
 * load balancer removed the instance, or a supervisor restarted it, the overload would
 * only get worse.
 * <p>
 * With a broker of the groups that does not work, the server also reports up. The detail
 * {@code engine} has the state of the broker. Usually all nodes have the same broker, and
 * removing all of them does not help.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class NexiosWsHealthIndicator extends AbstractHealthIndicator {

	private final WebSocketServer server;

	private final @Nullable BrokerChannelBox groups;

	/**
	 * Create an indicator.
	 * @param server the server
	 * @param groups the groups, or {@code null} if the application has its own
	 */
	public NexiosWsHealthIndicator(WebSocketServer server, @Nullable BrokerChannelBox groups) {
		super("The WebSocket server's health check failed");
		this.server = server;
		this.groups = groups;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ServerLoad load = this.server.load();
		if (load.draining()) {
			builder.outOfService();
		}
		else {
			builder.up();
		}
		builder.withDetail("connections", load.connections())
			.withDetail("pendingHandshakes", load.pendingHandshakes())
			.withDetail("outboundBytes", load.outboundBytes())
			.withDetail("outboundMaxBytes", load.outboundMaxBytes())
			.withDetail("overloaded", load.isExceeded());
		if (this.groups != null) {
			builder.withDetail("engine", engine(this.groups.state()));
		}
	}

	private static Map<String, String> engine(BrokerState state) {
		String level = state.level().name();
		return state.reason().isEmpty() ? Map.of("state", level) : Map.of("state", level, "reason", state.reason());
	}

}
