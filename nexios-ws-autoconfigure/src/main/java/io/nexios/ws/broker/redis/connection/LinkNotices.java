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

package io.nexios.ws.broker.redis.connection;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nexios.ws.server.log.FailureLog;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.SerialRun;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells the listeners of a link what has happened, in order and by one thread at a time.
 *
 * @param <C> the type of the connection
 * @author Nexios Team
 */
final class LinkNotices<C extends RedisConnection> {

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private final List<LinkListener<? super C>> listeners = new CopyOnWriteArrayList<>();

	private final Queue<Notice<C>> notices = new ConcurrentLinkedQueue<>();

	private final SerialRun run = SerialRun.idle();

	private volatile boolean closed;

	void listen(LinkListener<? super C> listener) {
		this.listeners.add(listener);
	}

	/**
	 * Add a notice. It is told by {@link #tell()}.
	 * @param notice the notice
	 */
	void add(Notice<C> notice) {
		this.notices.add(notice);
	}

	/**
	 * Tell what was added. If another thread is telling, it does it.
	 */
	void tell() {
		if (this.run.signal()) {
			int seen;
			do {
				seen = this.run.begin();
				tellAll();
			}
			while (!this.run.end(seen));
		}
	}

	private void tellAll() {
		Notice<C> next = this.notices.poll();
		while (next != null) {
			tell(next);
			next = this.notices.poll();
		}
	}

	private void tell(Notice<C> notice) {
		for (LinkListener<? super C> listener : this.listeners) {
			if (this.closed) {
				return;
			}
			try {
				notice.tell(listener);
			}
			catch (RuntimeException ex) {
				FailureLog.error(logger, "A listener of the connection to Redis has failed", ex);
			}
		}
	}

	/**
	 * Tell nothing more. A call that is under way may still be running.
	 */
	void close() {
		this.closed = true;
		this.notices.clear();
	}

	/**
	 * Something that has happened.
	 *
	 * @param <C> the type of the connection
	 */
	@FunctionalInterface
	interface Notice<C extends RedisConnection> {

		void tell(LinkListener<? super C> listener);

	}

}
