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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.nexios.ws.WebSocketDrainEvent;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.log.FailureLog;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.DetachedThreads;
import io.nexios.ws.server.thread.UserTasks;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.web.socket.CloseStatus;

/**
 * Ends all connections when the application stops. New handshakes are refused. Listeners
 * of {@link WebSocketDrainEvent} can still send messages. Then every connection gets the
 * messages that were sent to it and is closed with 1001. Handlers, consumers and
 * listeners have time to return. After the timeout the remaining connections are cut off,
 * and the remaining threads are interrupted.
 * <p>
 * Stops right before Spring Boot shuts down the web server, so that close frames and
 * refusals are still sent.
 *
 * @author Nexios Team
 */
public final class ConnectionDrain implements SmartLifecycle {

	/**
	 * One above the phase in which Spring Boot closes the connector.
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024 + 1;

	/**
	 * The time that stopping can take in addition to the timeout.
	 */
	public static final Duration GRACE = Duration.ofMillis(500);

	private static final Log logger = LogFactory.getLog(Loggers.SHUTDOWN);

	private static final CloseStatus GOING_AWAY = new CloseStatus(CloseStatus.GOING_AWAY.getCode(),
			"Server is stopping");

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(5);

	// Listeners get a quarter of the timeout before connections are closed
	private static final int LISTENER_SHARE = 4;

	private final WebSocketServer server;

	private final DrainSettings settings;

	private volatile boolean running;

	/**
	 * Create a drain.
	 * @param server the server to drain
	 * @param settings how connections are closed
	 */
	public ConnectionDrain(WebSocketServer server, DrainSettings settings) {
		this.server = server;
		this.settings = settings;
	}

	@Override
	public void start() {
		this.running = true;
		this.server.setDraining(false);
	}

	@Override
	public void stop(Runnable callback) {
		DetachedThreads.daemon(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "nexios-ws-drain").start();
	}

	@Override
	public void stop() {
		long deadline = System.nanoTime() + this.settings.timeout().toNanos();
		this.server.setDraining(true);
		tellListeners();
		closeInBatches();
		if (!awaitEnd(deadline)) {
			cutOff();
		}
		this.running = false;
	}

	private void tellListeners() {
		if (!this.server.events().isListening(WebSocketDrainEvent.class)) {
			return;
		}
		CountDownLatch told = new CountDownLatch(1);
		this.server.threads().executeListener(() -> {
			try {
				this.server.events().publish(new WebSocketDrainEvent(this.settings.timeout()));
			}
			catch (Throwable ex) {
				FailureLog.error(logger, "A listener failed on " + WebSocketDrainEvent.class.getSimpleName(), ex);
			}
			finally {
				told.countDown();
			}
		});
		await(told);
	}

	private void await(CountDownLatch told) {
		try {
			if (!told.await(this.settings.timeout().toNanos() / LISTENER_SHARE, TimeUnit.NANOSECONDS)) {
				logger.warn("Listeners take too long: connections are closed while they run");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void closeInBatches() {
		List<Connection> connections = new ArrayList<>(this.server.connections().all());
		long pause = this.settings.pauseNanos(connections.size());
		for (int i = 0; i < connections.size(); i++) {
			if (i > 0 && i % this.settings.batchSize() == 0) {
				LockSupport.parkNanos(pause);
			}
			connections.get(i).close(GOING_AWAY);
		}
	}

	private boolean awaitEnd(long deadline) {
		ConnectionRegistry connections = this.server.connections();
		UserTasks userTasks = this.server.threads().userTasks();
		return await(deadline, () -> {
			// Also connections that were being accepted when the others were closed
			connections.closeAll(GOING_AWAY);
			return connections.all().isEmpty() && userTasks.isEmpty();
		});
	}

	private void cutOff() {
		ConnectionRegistry connections = this.server.connections();
		UserTasks userTasks = this.server.threads().userTasks();
		logger.warn("Connections or handlers have not ended within " + this.settings.timeout().toMillis() + " ms: "
				+ connections.all().size() + " connections are cut off, and handlers are interrupted");
		connections.all().forEach((connection) -> connection.eviction().cutOff(GOING_AWAY));
		userTasks.interruptAll();
		await(System.nanoTime() + GRACE.toNanos(), userTasks::isEmpty);
	}

	private static boolean await(long deadline, BooleanSupplier condition) {
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadline > 0) {
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

	/**
	 * A paused context keeps its connections, because Spring Boot does not pause the web
	 * server either.
	 * @return {@code false}
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
