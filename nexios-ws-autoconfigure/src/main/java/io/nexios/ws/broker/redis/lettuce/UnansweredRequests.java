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

package io.nexios.ws.broker.redis.lettuce;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The requests of a connection that have no answer yet, the oldest first. They are few,
 * because a connection ends when the oldest has waited for too long.
 *
 * @author Nexios Team
 */
final class UnansweredRequests {

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<PendingAnswer<?>> requests = new ArrayDeque<>();

	private boolean ended;

	/**
	 * Add a request.
	 * @param request the request
	 * @return whether it was added. It is not after the end
	 */
	boolean add(PendingAnswer<?> request) {
		this.lock.lock();
		try {
			return !this.ended && this.requests.add(request);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Forget requests that have an answer.
	 */
	void removeAnswered() {
		this.lock.lock();
		try {
			skipAnswered();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return since when the oldest request waits.
	 * @return the time in nanoseconds, or {@code null} if no request waits
	 */
	@Nullable Long oldest() {
		this.lock.lock();
		try {
			PendingAnswer<?> oldest = skipAnswered();
			return (oldest != null) ? oldest.since() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable PendingAnswer<?> skipAnswered() {
		PendingAnswer<?> oldest = this.requests.peek();
		while (oldest != null && oldest.isDone()) {
			this.requests.poll();
			oldest = this.requests.peek();
		}
		return oldest;
	}

	/**
	 * Accept no further request.
	 * @return the requests without an answer, the oldest first
	 */
	List<PendingAnswer<?>> end() {
		this.lock.lock();
		try {
			this.ended = true;
			List<PendingAnswer<?>> rest = new ArrayList<>(this.requests);
			this.requests.clear();
			return rest;
		}
		finally {
			this.lock.unlock();
		}
	}

}
