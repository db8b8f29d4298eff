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

package io.nexios.ws.server.outbound;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.transport.OutboundFrame;

/**
 * Records what an outbound queue tells its owner.
 *
 * @author Nexios Team
 */
final class TestOwner implements OutboundListener {

	private static final Runnable NOTHING = () -> {
	};

	private final List<Limit> overflows = new CopyOnWriteArrayList<>();

	private final AtomicInteger dropped = new AtomicInteger();

	private final AtomicInteger notices = new AtomicInteger();

	private final AtomicInteger written = new AtomicInteger();

	private final AtomicReference<Runnable> beforeGoingOn = new AtomicReference<>(NOTHING);

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	@Override
	public void overflowed(Limit limit) {
		this.overflows.add(limit);
	}

	@Override
	public void messagesDropped(int messages) {
		this.dropped.addAndGet(messages);
	}

	@Override
	public void dropNoticeQueued() {
		this.notices.incrementAndGet();
	}

	@Override
	public void closeSent() {
	}

	@Override
	public void waitRefused() {
		// Threads of tests may wait in any case
	}

	@Override
	public void written(List<OutboundFrame> frames) {
		this.written.addAndGet(frames.size());
		this.beforeGoingOn.getAndSet(NOTHING).run();
	}

	@Override
	public void writeFailed(Throwable failure) {
		this.failures.add(failure);
	}

	List<Limit> overflows() {
		return this.overflows;
	}

	/**
	 * Do something between two writes, once.
	 * @param action what to do after the next write
	 */
	void beforeGoingOn(Runnable action) {
		this.beforeGoingOn.set(action);
	}

	int dropped() {
		return this.dropped.get();
	}

	int notices() {
		return this.notices.get();
	}

	int written() {
		return this.written.get();
	}

	List<Throwable> failures() {
		return this.failures;
	}

}
