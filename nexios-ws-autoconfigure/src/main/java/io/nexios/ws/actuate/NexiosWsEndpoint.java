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

import java.util.Comparator;
import java.util.List;

import io.nexios.ws.actuate.ServerDescriptor.ConnectionsDescriptor;
import io.nexios.ws.actuate.ServerDescriptor.GroupDescriptor;
import io.nexios.ws.actuate.ServerDescriptor.GroupsDescriptor;
import io.nexios.ws.actuate.ServerDescriptor.RouteDescriptor;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.connection.ConnectionInfo;
import io.nexios.ws.server.connection.ConnectionRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.web.socket.CloseStatus;

/**
 * An endpoint that shows routes, connections and groups, and closes connections. It does
 * not show data that clients send: no paths, queries, headers or messages.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@Endpoint(id = "nexiosws")
public final class NexiosWsEndpoint {

	private static final int DEFAULT_LIMIT = 100;

	private static final String REASON = "Closed by an operator";

	private final WebSocketServer server;

	private final ConnectionRegistry connections;

	private final ChannelBox channelBox;

	/**
	 * Create an endpoint.
	 * @param server the server
	 * @param connections its open connections
	 * @param channelBox its groups
	 */
	public NexiosWsEndpoint(WebSocketServer server, ConnectionRegistry connections, ChannelBox channelBox) {
		this.server = server;
		this.connections = connections;
		this.channelBox = channelBox;
	}

	/**
	 * Return routes, connections and groups.
	 * @param limit the maximum number of connections and of groups to show, 100 by
	 * default
	 * @param after the id of the connection after which to continue
	 * @return all routes, connections in the order of their ids, and the largest groups
	 */
	@ReadOperation
	public ServerDescriptor server(@Nullable Integer limit, @Nullable String after) {
		int size = (limit != null) ? limit : DEFAULT_LIMIT;
		if (size < 0) {
			throw new InvalidEndpointRequestException("The limit is negative", "'limit' must not be negative");
		}
		return new ServerDescriptor(routes(), connections((after != null) ? after : "", size), groups(size));
	}

	private List<RouteDescriptor> routes() {
		return this.server.routes()
			.routes()
			.stream()
			.map((route) -> new RouteDescriptor(route.path(), route.source()))
			.toList();
	}

	private ConnectionsDescriptor connections(String after, int limit) {
		List<ConnectionInfo> infos = this.connections.infos(after, limit);
		return new ConnectionsDescriptor(this.connections.size(),
				infos.stream().map(ConnectionDescriptor::of).toList());
	}

	private GroupsDescriptor groups(int limit) {
		List<GroupDescriptor> groups = this.channelBox.showGroups()
			.entrySet()
			.stream()
			.map((group) -> new GroupDescriptor(group.getKey(), group.getValue().size()))
			.toList();
		List<GroupDescriptor> largest = groups.stream()
			.sorted(Comparator.comparingInt(GroupDescriptor::channels).reversed().thenComparing(GroupDescriptor::name))
			.limit(limit)
			.toList();
		return new GroupsDescriptor(groups.size(), largest);
	}

	/**
	 * Return one connection.
	 * @param id the connection's id
	 * @return the connection, or {@code null} if there is no such connection
	 */
	@ReadOperation
	public @Nullable ConnectionDescriptor connection(@Selector String id) {
		ConnectionInfo info = this.connections.info(id);
		return (info != null) ? ConnectionDescriptor.of(info) : null;
	}

	/**
	 * Close one connection after everything that was sent to it.
	 * @param id the connection's id
	 * @param code the close code, 1001 by default
	 * @return whether there was such a connection
	 */
	@DeleteOperation
	public boolean close(@Selector String id, @Nullable Integer code) {
		try {
			return this.connections.close(id, (code != null) ? code : CloseStatus.GOING_AWAY.getCode(), REASON);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()),
					"'code' is not a close code that can be sent");
		}
	}

}
