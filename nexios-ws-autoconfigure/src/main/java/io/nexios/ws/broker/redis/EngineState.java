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

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.redis.connection.LinkListener;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.server.log.FailureLog;
import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes one state from the states of the connections, and reports its changes in order.
 * <ul>
 * <li>UP: all connections are open.
 * <li>DEGRADED: messages are accepted and delivered, but nobody can join.
 * <li>DOWN: no message is accepted, or none is delivered.
 * </ul>
 * At the start the state is DOWN. It is not reported before it is known that a connection
 * cannot be opened. Changes are reported outside of the lock, by one thread at a time. A
 * state that was replaced before it could be reported is reported as well.
 *
 * @author Nexios Team
 */
final class EngineState {

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private static final BrokerState STARTING = BrokerState.down("The connections to Redis are being opened");

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Link, String> problems = new EnumMap<>(Link.class);

	private final Queue<BrokerState> changes = new ArrayDeque<>();

	private final Consumer<BrokerState> listener;

	private BrokerState state = STARTING;

	/**
	 * The last state that was reported, or that does not have to be reported.
	 */
	private BrokerState reported = BrokerState.UP;

	private boolean reporting;

	EngineState(Consumer<BrokerState> listener) {
		this.listener = listener;
		for (Link link : Link.values()) {
			this.problems.put(link, STARTING.reason());
		}
	}

	BrokerState state() {
		this.lock.lock();
		try {
			return this.state;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return what has to be told about a connection.
	 * @param link the connection
	 * @return the listener
	 */
	LinkListener<RedisConnection> of(Link link) {
		return new LinkListener<>() {

			@Override
			public void onUp(RedisConnection connection) {
				up(link);
			}

			@Override
			public void onDown(String reason) {
				down(link, reason);
			}

		};
	}

	void up(Link link) {
		change(link, null);
	}

	void down(Link link, String reason) {
		change(link, reason);
	}

	private void change(Link link, @Nullable String problem) {
		this.lock.lock();
		try {
			if (problem != null) {
				this.problems.put(link, problem);
			}
			else {
				this.problems.remove(link);
			}
			set(combine());
			if (this.reporting) {
				return;
			}
			this.reporting = true;
		}
		finally {
			this.lock.unlock();
		}
		report();
	}

	private void set(BrokerState next) {
		this.state = next;
		if (!isStart(next) && !next.equals(this.reported)) {
			this.reported = next;
			this.changes.add(next);
		}
	}

	// The connections open in any order, so the state may be DEGRADED before it is UP
	private boolean isStart(BrokerState next) {
		return next.equals(STARTING)
				|| (next.reason().equals(STARTING.reason()) && this.reported.equals(BrokerState.UP));
	}

	private BrokerState combine() {
		String down = this.problems.getOrDefault(Link.PUBLISH, this.problems.get(Link.SUBSCRIBE));
		if (down != null) {
			return BrokerState.down(down);
		}
		String degraded = this.problems.get(Link.COMMANDS);
		return (degraded != null) ? BrokerState.degraded(degraded) : BrokerState.UP;
	}

	private void report() {
		BrokerState next = next();
		while (next != null) {
			tell(next);
			next = next();
		}
	}

	// A listener that fails does not keep others from later changes
	private void tell(BrokerState change) {
		try {
			this.listener.accept(change);
		}
		catch (RuntimeException ex) {
			FailureLog.error(logger, "A change of the state of Redis could not be reported", ex);
		}
	}

	private @Nullable BrokerState next() {
		this.lock.lock();
		try {
			BrokerState next = this.changes.poll();
			this.reporting = next != null;
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The connections.
	 */
	enum Link {

		/**
		 * Publishes messages.
		 */
		PUBLISH,

		/**
		 * Reads positions and messages, and says what this node asks for.
		 */
		COMMANDS,

		/**
		 * Receives messages.
		 */
		SUBSCRIBE

	}

}
