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

package io.nexios.ws.broker;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The saved messages of all groups, the oldest first. The lock is taken last: no other
 * lock is taken while it is held.
 *
 * @author Nexios Team
 */
final class SavedMessages {

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<SavedMessage> entries = new LinkedHashSet<>();

	private final Lifetime lifetime;

	private final long maxBytes;

	private long bytes;

	SavedMessages(Lifetime lifetime, long maxBytes) {
		this.lifetime = lifetime;
		this.maxBytes = maxBytes;
	}

	void add(SavedMessage entry) {
		this.lock.lock();
		try {
			this.entries.add(entry);
			this.bytes += entry.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	void remove(SavedMessage entry) {
		this.lock.lock();
		try {
			if (this.entries.remove(entry)) {
				this.bytes -= entry.size();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the message that has to be dropped next.
	 * @return the oldest message, or {@code null} if it may stay
	 */
	@Nullable SavedMessage toDrop() {
		this.lock.lock();
		try {
			if (this.entries.isEmpty()) {
				return null;
			}
			SavedMessage oldest = this.entries.iterator().next();
			return (this.bytes > this.maxBytes || this.lifetime.isOver(oldest.savedAt())) ? oldest : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	long bytes() {
		this.lock.lock();
		try {
			return this.bytes;
		}
		finally {
			this.lock.unlock();
		}
	}

	void clear() {
		this.lock.lock();
		try {
			this.entries.clear();
			this.bytes = 0;
		}
		finally {
			this.lock.unlock();
		}
	}

}
