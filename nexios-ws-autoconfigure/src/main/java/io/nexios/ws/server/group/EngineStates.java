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

package io.nexios.ws.server.group;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.channel.GroupEngineStateEvent;
import io.nexios.ws.channel.GroupEngineStateEvent.State;
import io.nexios.ws.server.lifecycle.EventSink;
import io.nexios.ws.server.log.FailureLog;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.SerialRun;
import io.nexios.ws.server.thread.ServerThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Reports changes of the broker's state to the application and to the log. Events are
 * published in order on a thread of the server, because listeners may block. Few of them
 * wait. Above that number the oldest is left out.
 *
 * @author Nexios Team
 */
final class EngineStates {

	static final int MAX_WAITING = 16;

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private final BlockingQueue<GroupEngineStateEvent> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

	private final SerialRun run = SerialRun.idle();

	private final ServerThreads threads;

	private final EventSink events;

	private final EngineStateLog log;

	EngineStates(ServerThreads threads, EventSink events, EngineStateLog log) {
		this.threads = threads;
		this.events = events;
		this.log = log;
	}

	void changed(BrokerState state) {
		this.log.changed(state);
		if (this.events.isListening(GroupEngineStateEvent.class)) {
			add(new GroupEngineStateEvent(State.valueOf(state.level().name()), state.reason()));
			if (this.run.signal()) {
				this.threads.executeListener(this::run);
			}
		}
	}

	private void add(GroupEngineStateEvent event) {
		while (!this.waiting.offer(event)) {
			this.waiting.poll();
		}
	}

	private void run() {
		int seen;
		do {
			seen = this.run.begin();
			publishAll();
		}
		while (!this.run.end(seen));
	}

	private void publishAll() {
		GroupEngineStateEvent event = this.waiting.poll();
		while (event != null) {
			publish(event);
			event = this.waiting.poll();
		}
	}

	private void publish(GroupEngineStateEvent event) {
		try {
			this.events.publish(event);
		}
		catch (Throwable ex) {
			// After any failure, the following events must still be published
			FailureLog.error(logger, "A listener for the state of the broker failed", ex);
		}
	}

}
