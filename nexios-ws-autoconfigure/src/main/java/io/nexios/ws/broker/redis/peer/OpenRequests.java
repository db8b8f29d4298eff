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

package io.nexios.ws.broker.redis.peer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.nexios.ws.broker.redis.wire.PeerMessage.Answer;
import io.nexios.ws.channel.GroupsUnavailableException;

/**
 * The requests of this node that other nodes have not answered yet. Their number is
 * limited.
 *
 * @author Nexios Team
 */
final class OpenRequests {

	static final int MAX = 10_000;

	private final Map<Long, Consumer<Answer>> requests = new ConcurrentHashMap<>();

	private final AtomicLong last = new AtomicLong();

	/**
	 * Open a request.
	 * @param consumer gets the answers, on a thread that must not block
	 * @return the number of the request. {@link #close} has to follow
	 * @throws GroupsUnavailableException if there are too many requests
	 */
	long open(Consumer<Answer> consumer) {
		if (this.requests.size() >= MAX) {
			throw new GroupsUnavailableException("Too many messages wait for the answers of other nodes", null);
		}
		long number = this.last.incrementAndGet();
		this.requests.put(number, consumer);
		return number;
	}

	/**
	 * Handle an answer. One that comes too late is dropped.
	 * @param answer the answer
	 */
	void answer(Answer answer) {
		Consumer<Answer> consumer = this.requests.get(answer.request());
		if (consumer != null) {
			consumer.accept(answer);
		}
	}

	void close(long number) {
		this.requests.remove(number);
	}

	int size() {
		return this.requests.size();
	}

}
