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

package io.nexios.ws.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.web.socket.CloseStatus;

/**
 * Ends all connections when the application stops: no new ones are taken, those there are
 * get everything that was sent to them and are closed with 1001, and handlers have time
 * to return. What is left after the timeout is cut off, and handlers are interrupted.
 * <p>
 * Stops before Spring Boot shuts the web server down, so that close frames and refusals
 * still get out.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class ConnectionDrain implements SmartLifecycle {

	/**
	 * Above the phase in which Spring Boot closes the connector.
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final Log logger = LogFactory.getLog(ConnectionDrain.class);

	private static final CloseStatus GOING_AWAY = new CloseStatus(CloseStatus.GOING_AWAY.getCode(),
			"Server is stopping");

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(5);

	// For those who are interrupted to notice
	private static final Duration INTERRUPT_GRACE = Duration.ofMillis(500);

	private final WebSocketServer server;

	private final Duration timeout;

	private volatile boolean running;

	/**
	 * Create a drain.
	 * @param server the server to drain
	 * @param timeout how long connections and handlers have
	 */
	public ConnectionDrain(WebSocketServer server, Duration timeout) {
		this.server = server;
		this.timeout = timeout;
	}

	@Override
	public void start() {
		this.running = true;
		this.server.setDraining(false);
	}

	@Override
	public void stop(Runnable callback) {
		Thread thread = new Thread(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "nexios-ws-drain");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void stop() {
		this.server.setDraining(true);
		ConnectionRegistry connections = this.server.connections();
		RunningHandlers handlers = this.server.runningHandlers();
		connections.closeAll(GOING_AWAY);
		boolean drained = await(this.timeout, () -> {
			// Also those that were being accepted when the others were closed
			connections.closeAll(GOING_AWAY);
			return connections.all().isEmpty() && handlers.isEmpty();
		});
		if (!drained) {
			logger.warn("Not all connections have ended within " + this.timeout.toMillis() + " ms: "
					+ connections.all().size() + " are cut off, and handlers are interrupted");
			connections.all().forEach((connection) -> connection.terminate(GOING_AWAY));
			handlers.interruptAll();
			await(INTERRUPT_GRACE, handlers::isEmpty);
		}
		this.running = false;
	}

	private static boolean await(Duration timeout, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > timeout.toNanos()) {
				return false;
			}
			LockSupport.parkNanos(CHECK_INTERVAL.toNanos());
		}
		return true;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
