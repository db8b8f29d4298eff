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

import java.util.ArrayList;
import java.util.Iterator;

import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.spi.TimeSource;

import org.springframework.web.socket.CloseStatus;

/**
 * Closes all open connections, some at a time. Nobody waits for the end. A connection
 * that is opened meanwhile stays open. When the server stops, the rest is closed at once.
 *
 * @author Nexios Team
 */
final class BatchedClose {

	private final ConnectionRegistry connections;

	private final ClosePace pace;

	private final TimeSource time;

	/**
	 * Create an object.
	 * @param connections the connections
	 * @param pace how fast they are closed
	 * @param time the timers
	 */
	BatchedClose(ConnectionRegistry connections, ClosePace pace, TimeSource time) {
		this.connections = connections;
		this.pace = pace;
		this.time = time;
	}

	/**
	 * Close the connections that are open now, after the messages that were sent to them.
	 * The first batch is closed before this method returns.
	 * @param status a code and reason that can be sent in a close frame
	 */
	void close(CloseStatus status) {
		closeBatch(new ArrayList<>(this.connections.all()).iterator(), status);
	}

	private void closeBatch(Iterator<Connection> left, CloseStatus status) {
		for (int closed = 0; left.hasNext() && closed < this.pace.batchSize(); closed++) {
			Connection connection = left.next();
			if (connection.state() == State.OPEN) {
				connection.close(status);
			}
		}
		if (left.hasNext()) {
			this.time.schedule(() -> closeBatch(left, status), this.pace.interval());
		}
	}

}
