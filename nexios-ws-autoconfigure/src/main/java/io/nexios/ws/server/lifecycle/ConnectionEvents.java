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

package io.nexios.ws.server.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.nexios.ws.server.log.FailureLog;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.SerialTasks;
import io.nexios.ws.server.thread.ServerThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the events of one connection in order, on other threads than those that
 * report them. The first event is that of the opening. Events that are reported earlier
 * wait for it. If the connection does not open, they are not published. Without listeners
 * there is no cost.
 *
 * @author Nexios Team
 */
public final class ConnectionEvents {

	private static final Log logger = LogFactory.getLog(Loggers.HANDLER);

	private final EventSink sink;

	private final SerialTasks tasks;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable List<Runnable> early = new ArrayList<>(0);

	public ConnectionEvents(EventSink sink, ServerThreads threads) {
		this.sink = sink;
		this.tasks = new SerialTasks(threads::executeListener);
	}

	void start(Class<?> eventType, Supplier<Object> first) {
		this.lock.lock();
		try {
			List<Runnable> waiting = (this.early != null) ? this.early : List.of();
			this.early = null;
			publish(eventType, first);
			waiting.forEach(this.tasks::execute);
		}
		finally {
			this.lock.unlock();
		}
	}

	public void publish(Class<?> eventType, Supplier<Object> event) {
		if (this.sink.isListening(eventType)) {
			enqueue(() -> publishNow(eventType, event));
		}
	}

	private void enqueue(Runnable task) {
		this.lock.lock();
		try {
			if (this.early != null) {
				this.early.add(task);
			}
			else {
				this.tasks.execute(task);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void publishNow(Class<?> eventType, Supplier<Object> event) {
		try {
			this.sink.publish(event.get());
		}
		catch (Throwable ex) {
			// After any failure, the following events must still be published
			FailureLog.error(logger, "A listener failed on " + eventType.getSimpleName(), ex);
		}
	}

}
