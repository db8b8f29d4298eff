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

import org.jspecify.annotations.Nullable;

/**
 * The connections that are open.
 *
 * @author Nexios Team
 */
final class ConnectionRegistry {

	private final Map<String, Connection> connections = new ConcurrentHashMap<>();

	void add(Connection connection) {
		this.connections.put(connection.id(), connection);
	}

	void remove(Connection connection) {
		this.connections.remove(connection.id());
	}

	@Nullable Connection get(String id) {
		return this.connections.get(id);
	}

	/**
	 * Return all connections.
	 * @return a live view, safe to iterate while it changes
	 */
	Collection<Connection> all() {
		return Collections.unmodifiableCollection(this.connections.values());
	}

}
