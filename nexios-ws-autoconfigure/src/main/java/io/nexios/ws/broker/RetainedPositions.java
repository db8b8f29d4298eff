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

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The positions of groups that have neither subscriptions nor saved messages, in the
 * order in which they were added. The lock is taken last: no other lock is taken while it
 * is held.
 *
 * @author Nexios Team
 */
final class RetainedPositions {

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Retained> entries = new LinkedHashMap<>();

	private final Lifetime lifetime;

	private final int max;

	private long forgotten;

	RetainedPositions(Lifetime lifetime, int max) {
		this.lifetime = lifetime;
		this.max = max;
	}

	/**
	 * Add the position of a group. If there are too many, forget the oldest one.
	 * @param group the group
	 * @param position its position
	 * @param usedAt when the group was used last
	 */
	void add(String group, Position position, long usedAt) {
		this.lock.lock();
		try {
			this.entries.put(group, new Retained(position, usedAt));
			forgetOld();
			if (this.entries.size() > this.max) {
				forgetOldest();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void forgetOld() {
		Iterator<Retained> oldest = this.entries.values().iterator();
		while (oldest.hasNext() && this.lifetime.isOver(oldest.next().usedAt())) {
			oldest.remove();
		}
	}

	private void forgetOldest() {
		Iterator<Retained> oldest = this.entries.values().iterator();
		oldest.next();
		oldest.remove();
		this.forgotten++;
	}

	/**
	 * Remove the position of a group.
	 * @param group the group
	 * @return its position, or {@code null} if there is none or it is too old
	 */
	@Nullable Position take(String group) {
		this.lock.lock();
		try {
			Retained entry = this.entries.remove(group);
			return (entry != null && !this.lifetime.isOver(entry.usedAt())) ? entry.position() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Remove the positions that are too old.
	 */
	void purge() {
		this.lock.lock();
		try {
			forgetOld();
		}
		finally {
			this.lock.unlock();
		}
	}

	int size() {
		this.lock.lock();
		try {
			return this.entries.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	long forgotten() {
		this.lock.lock();
		try {
			return this.forgotten;
		}
		finally {
			this.lock.unlock();
		}
	}

	void clear() {
		this.lock.lock();
		try {
			this.entries.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	private record Retained(Position position, long usedAt) {

	}

}
