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

import io.nexios.ws.server.ServerLoad;
import io.nexios.ws.server.WebSocketServer;

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
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class NexiosWsHealthIndicator extends AbstractHealthIndicator {

	private final WebSocketServer server;

	/**
	 * Create an indicator.
	 * @param server the server
	 */
	public NexiosWsHealthIndicator(WebSocketServer server) {
		super("The WebSocket server's health check failed");
		this.server = server;
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
	}

}
