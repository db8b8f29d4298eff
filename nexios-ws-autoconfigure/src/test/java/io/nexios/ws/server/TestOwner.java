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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Records what an outbound queue tells its owner.
 *
 * @author Nexios Team
 */
final class TestOwner implements OutboundQueue.Owner {

	private final AtomicInteger overflows = new AtomicInteger();

	private final AtomicInteger dropped = new AtomicInteger();

	private final AtomicInteger written = new AtomicInteger();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	@Override
	public void overflowed() {
		this.overflows.incrementAndGet();
	}

	@Override
	public void dropped(int messages) {
		this.dropped.addAndGet(messages);
	}

	@Override
	public void waitRefused() {
		// Threads of tests may wait in any case
	}

	@Override
	public void written(List<OutboundFrame> frames) {
		this.written.addAndGet(frames.size());
	}

	@Override
	public void writeFailed(Throwable failure) {
		this.failures.add(failure);
	}

	int overflows() {
		return this.overflows.get();
	}

	int dropped() {
		return this.dropped.get();
	}

	int written() {
		return this.written.get();
	}

	List<Throwable> failures() {
		return this.failures;
	}

}
