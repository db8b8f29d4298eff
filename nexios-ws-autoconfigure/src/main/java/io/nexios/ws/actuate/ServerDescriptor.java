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

import java.util.List;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a server for operators.
 *
 * @param routes all routes, in the order of declaration
 * @param connections some of the open connections
 * @param groups some of the groups
 * @author Nexios Team
 * @since 0.1.0
 */
public record ServerDescriptor(List<RouteDescriptor> routes, ConnectionsDescriptor connections,
		GroupsDescriptor groups) implements OperationResponseBody {

	/**
	 * A route.
	 *
	 * @param path the declared path
	 * @param source the declaration, such as a bean or a method
	 */
	public record RouteDescriptor(String path, String source) {

	}

	/**
	 * Some of the open connections.
	 *
	 * @param total the total number
	 * @param shown the shown connections, in the order of their ids
	 */
	public record ConnectionsDescriptor(int total, List<ConnectionDescriptor> shown) {

	}

	/**
	 * Some of the groups that have members on this node.
	 *
	 * @param total the total number
	 * @param shown the shown groups, the largest first
	 */
	public record GroupsDescriptor(int total, List<GroupDescriptor> shown) {

	}

	/**
	 * A group.
	 *
	 * @param name its name
	 * @param channels its members on this node
	 */
	public record GroupDescriptor(String name, int channels) {

	}

}
