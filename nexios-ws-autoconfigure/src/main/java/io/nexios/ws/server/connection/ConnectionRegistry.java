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

package io.nexios.ws.server.connection;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.server.lifecycle.Lifecycle.State;
import io.nexios.ws.server.transport.CloseCodes;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Holds the open connections and their channels.
 *
 * @author Nexios Team
 */
public final class ConnectionRegistry {

	private final Map<String, Connection> connections = new ConcurrentHashMap<>();

	// Without the default channels, which have the ids of their connections
	private final Map<String, Channel> channels = new ConcurrentHashMap<>();

	void add(Connection connection) {
		this.connections.put(connection.id(), connection);
	}

	void remove(Connection connection) {
		this.connections.remove(connection.id());
	}

	public void addChannel(Channel channel) {
		this.channels.put(channel.id(), channel);
	}

	public void removeChannel(Channel channel) {
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
	 * Close all open connections, after the messages that were sent to them.
	 * @param status a code and reason that can be sent in a close frame
	 */
	public void closeAll(CloseStatus status) {
		for (Connection connection : this.connections.values()) {
			if (connection.state() == State.OPEN) {
				connection.close(status);
			}
		}
	}

	/**
	 * Return the number of open connections.
	 * @return the number
	 */
	public int size() {
		return this.connections.size();
	}

	/**
	 * Return a snapshot of a connection.
	 * @param id the connection's id
	 * @return a snapshot, or {@code null} if there is no such connection
	 */
	public @Nullable ConnectionInfo info(String id) {
		Connection connection = this.connections.get(id);
		return (connection != null) ? info(connection) : null;
	}

	/**
	 * Return snapshots of connections, in the order of their ids.
	 * @param after the id after which the result begins, or empty to begin with the first
	 * one
	 * @param limit the maximum number of snapshots
	 * @return snapshots
	 */
	public List<ConnectionInfo> infos(String after, int limit) {
		return this.connections.values()
			.stream()
			.filter((connection) -> connection.id().compareTo(after) > 0)
			.sorted(Comparator.comparing(Connection::id))
			.map(ConnectionRegistry::info)
			.filter(Objects::nonNull)
			.limit(limit)
			.toList();
	}

	private static @Nullable ConnectionInfo info(Connection connection) {
		OpenConnection open = connection.open();
		if (open == null) {
			return null;
		}
		WebSocket ws = connection.webSocket();
		return new ConnectionInfo(connection.id(), connection.route(), open.since(), connection.state().name(),
				ws.remoteAddress(), ws.principal(), open.inbound().queue().load(),
				open.outbound().load(System.nanoTime()), open.roundTrip());
	}

	/**
	 * Close a connection, after the messages that were sent to it.
	 * @param id the connection's id
	 * @param code the close code
	 * @param reason the reason, which the peer receives
	 * @return whether there was such a connection
	 * @throws IllegalArgumentException if the code cannot be sent
	 */
	public boolean close(String id, int code, String reason) {
		CloseStatus status = CloseCodes.sendable(code, reason);
		Connection connection = this.connections.get(id);
		if (connection != null) {
			connection.close(status);
		}
		return connection != null;
	}

	/**
	 * Return all connections.
	 * @return a live view, safe to iterate while it changes
	 */
	public Collection<Connection> all() {
		return Collections.unmodifiableCollection(this.connections.values());
	}

}
