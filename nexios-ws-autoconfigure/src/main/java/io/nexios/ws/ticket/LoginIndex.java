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

package io.nexios.ws.ticket;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds logins by their session and by their user. Not thread-safe.
 *
 * @author Nexios Team
 */
final class LoginIndex {

	private final Map<String, Set<TicketLogin>> bySession = new HashMap<>();

	private final Map<String, Set<TicketLogin>> byUser = new HashMap<>();

	void add(TicketLogin login) {
		add(this.bySession, login.sessionId(), login);
		add(this.byUser, login.getName(), login);
	}

	void remove(TicketLogin login) {
		remove(this.bySession, login.sessionId(), login);
		remove(this.byUser, login.getName(), login);
	}

	void renameSession(String from, String to) {
		Set<TicketLogin> renamed = this.bySession.remove(from);
		if (renamed != null) {
			renamed.forEach((login) -> {
				login.sessionRenamed(to);
				add(this.bySession, to, login);
			});
		}
	}

	List<TicketLogin> ofSession(String id) {
		return List.copyOf(this.bySession.getOrDefault(id, Set.of()));
	}

	List<TicketLogin> ofUser(String name) {
		return List.copyOf(this.byUser.getOrDefault(name, Set.of()));
	}

	private static void add(Map<String, Set<TicketLogin>> index, @Nullable String key, TicketLogin login) {
		if (key != null) {
			index.computeIfAbsent(key, (same) -> new LinkedHashSet<>(2)).add(login);
		}
	}

	private static void remove(Map<String, Set<TicketLogin>> index, @Nullable String key, TicketLogin login) {
		if (key != null) {
			index.computeIfPresent(key, (same, logins) -> (logins.remove(login) && logins.isEmpty()) ? null : logins);
		}
	}

}
