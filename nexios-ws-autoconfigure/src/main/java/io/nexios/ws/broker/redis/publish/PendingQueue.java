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

package io.nexios.ws.broker.redis.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.nexios.ws.broker.redis.publish.Pending.State;
import org.jspecify.annotations.Nullable;

/**
 * The publications without an outcome, in the order of the calls. Those that were sent
 * come before those that wait. The lock of the {@link Outbox} guards it.
 *
 * @author Nexios Team
 */
final class PendingQueue {

	private final Set<Pending> sent = new LinkedHashSet<>();

	private Deque<Pending> waiting = new ArrayDeque<>();

	private final Deque<Pending> asking = new ArrayDeque<>();

	private final GroupOrder order = new GroupOrder();

	private long sequence;

	private long bytes;

	long bytes() {
		return this.bytes;
	}

	boolean isEmpty() {
		return this.sent.isEmpty() && this.waiting.isEmpty();
	}

	void add(Pending message) {
		this.bytes += message.size();
		this.waiting.add(message);
		if (message.isSaved()) {
			message.sequence = ++this.sequence;
			this.order.add(message);
		}
	}

	@Nullable Pending oldest() {
		return this.sent.isEmpty() ? this.waiting.peek() : this.sent.iterator().next();
	}

	/**
	 * Take the next publication that has to be sent.
	 * @return the publication, which counts as sent, or {@code null}
	 */
	@Nullable Pending send() {
		Pending next = this.waiting.poll();
		if (next != null) {
			next.state = State.SENT;
			this.sent.add(next);
		}
		return next;
	}

	/**
	 * Ask whether a node asks for the group of a publication.
	 * @param message the publication, which was sent
	 */
	void ask(Pending message) {
		message.state = State.ASKING;
		this.asking.add(message);
	}

	/**
	 * Take the next publication about whose group Redis has to be asked.
	 * @return the publication, or {@code null}
	 */
	@Nullable Pending question() {
		Pending next = this.asking.poll();
		while (next != null && next.state == State.DONE) {
			next = this.asking.poll();
		}
		return next;
	}

	/**
	 * Let all publications that were sent wait again, before those that wait.
	 */
	void sendAgain() {
		Deque<Pending> all = new ArrayDeque<>(this.sent);
		all.forEach((message) -> message.state = State.QUEUED);
		all.addAll(this.waiting);
		this.waiting = all;
		this.sent.clear();
		this.asking.clear();
	}

	/**
	 * Return the publications that were sent, in their order.
	 * @return a copy
	 */
	List<Pending> sent() {
		return new ArrayList<>(this.sent);
	}

	/**
	 * End the oldest publications.
	 * @param over which of them have to end
	 * @param end removes a publication that was sent, and handles the end
	 */
	void endOldest(Predicate<Pending> over, Consumer<Pending> end) {
		Pending next = oldest();
		while (next != null && over.test(next)) {
			end.accept(next);
			next = oldest();
		}
	}

	/**
	 * Remove a publication that was sent, or that is the oldest.
	 * @param message the publication
	 */
	void remove(Pending message) {
		if (!this.sent.remove(message)) {
			this.waiting.remove(message);
		}
		message.state = State.DONE;
		this.bytes -= message.size();
		if (message.isSaved()) {
			this.order.remove(message);
		}
	}

}
