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

package io.nexios.ws.server.login;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.server.connection.Connection;

/**
 * Finds connections by a key. Several connections may have the same key, and a key can be
 * renamed. The index keeps nothing of a connection that has ended.
 *
 * @author Nexios Team
 */
final class ConnectionIndex {

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Set<Entry>> entries = new HashMap<>();

	void add(String key, Connection connection) {
		Entry entry = new Entry(key, connection);
		this.lock.lock();
		try {
			put(entry);
		}
		finally {
			this.lock.unlock();
		}
		connection.whenEnded(() -> remove(entry));
	}

	private void put(Entry entry) {
		this.entries.computeIfAbsent(entry.key, (key) -> new HashSet<>(2)).add(entry);
	}

	private void remove(Entry entry) {
		this.lock.lock();
		try {
			this.entries.computeIfPresent(entry.key,
					(key, others) -> (others.remove(entry) && others.isEmpty()) ? null : others);
		}
		finally {
			this.lock.unlock();
		}
	}

	void rename(String from, String to) {
		this.lock.lock();
		try {
			Set<Entry> renamed = this.entries.remove(from);
			if (renamed != null) {
				renamed.forEach((entry) -> {
					entry.key = to;
					put(entry);
				});
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Find connections.
	 * @param key the key that they have in common
	 * @return the connections as they are now
	 */
	List<Connection> find(String key) {
		this.lock.lock();
		try {
			return this.entries.getOrDefault(key, Set.of()).stream().map((entry) -> entry.connection).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the keys of all connections.
	 * @return the keys as they are now
	 */
	List<String> keys() {
		this.lock.lock();
		try {
			return List.copyOf(this.entries.keySet());
		}
		finally {
			this.lock.unlock();
		}
	}

	private static final class Entry {

		private final Connection connection;

		private String key;

		Entry(String key, Connection connection) {
			this.key = key;
			this.connection = connection;
		}

	}

}
