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

import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Publishes the events of one connection in their order, away from the threads that
 * report them. Costs nothing while nobody listens.
 *
 * @author Nexios Team
 */
final class ConnectionEvents {

	private static final Log logger = LogFactory.getLog(ConnectionEvents.class);

	private final EventSink sink;

	private final SerialTasks tasks;

	ConnectionEvents(EventSink sink, ServerThreads threads) {
		this.sink = sink;
		this.tasks = new SerialTasks(threads::executeSurely);
	}

	void publish(Class<?> eventType, Supplier<Object> event) {
		if (this.sink.isListening(eventType)) {
			this.tasks.execute(() -> publish(event.get()));
		}
	}

	private void publish(Object event) {
		try {
			this.sink.publish(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener failed on " + event.getClass().getSimpleName(), ex);
		}
	}

}
