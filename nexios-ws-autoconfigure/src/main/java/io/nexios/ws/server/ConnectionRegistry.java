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

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.server.Lifecycle.State;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * The connections that are open, and their channels.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class ConnectionRegistry {

	private final Map<String, Connection> connections = new ConcurrentHashMap<>();

	// All but the default ones, which have the ids of their connections
	private final Map<String, Channel> channels = new ConcurrentHashMap<>();

	void add(Connection connection) {
		this.connections.put(connection.id(), connection);
	}

	void remove(Connection connection) {
		this.connections.remove(connection.id());
	}

	void addChannel(Channel channel) {
		this.channels.put(channel.id(), channel);
	}

	void removeChannel(Channel channel) {
		this.channels.remove(channel.id());
	}

	/**
	 * Return a channel of an open connection.
	 * @param id the channel's id
	 * @return the channel, or {@code null} if there is none
	 */
	public @Nullable Channel channel(String id) {
		Channel channel = this.channels.get(id);
		Connection connection = (channel != null) ? null : this.connections.get(id);
		return (connection != null) ? Channel.of(connection.webSocket()) : channel;
	}

	/**
	 * Close all connections behind what was sent to them.
	 * @param status the code and reason, which can be sent
	 */
	public void closeAll(CloseStatus status) {
		for (Connection connection : this.connections.values()) {
			if (connection.state() == State.OPEN) {
				connection.close(status);
			}
		}
	}

	/**
	 * Return all connections.
	 * @return a live view, safe to iterate while it changes
	 */
	Collection<Connection> all() {
		return Collections.unmodifiableCollection(this.connections.values());
	}

}
