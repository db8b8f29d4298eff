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

package io.nexios.ws.server.group.broker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.server.thread.SerialRun;

/**
 * Makes the calls of the broker for one group, one after the other. Calls are added under
 * the lock of the group, in the order of the changes of its members. They are made
 * without the lock, by any of the threads that have added one. See {@link SerialRun} for
 * why no call is forgotten and no two calls are made at the same time.
 *
 * @author Nexios Team
 */
public final class OrderedCalls {

	private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();

	private final AtomicInteger unmade = new AtomicInteger();

	private final SerialRun run = SerialRun.idle();

	/**
	 * Add a call.
	 * @param call the call, which must not throw an exception
	 */
	public void add(Runnable call) {
		this.unmade.incrementAndGet();
		this.calls.add(call);
	}

	/**
	 * Make the calls that were added, unless another thread is making them.
	 */
	public void make() {
		if (this.calls.isEmpty() || !this.run.signal()) {
			return;
		}
		int seen;
		do {
			seen = this.run.begin();
			Runnable call = this.calls.poll();
			while (call != null) {
				call.run();
				this.unmade.decrementAndGet();
				call = this.calls.poll();
			}
		}
		while (!this.run.end(seen));
	}

	/**
	 * Return whether all calls were made.
	 * @return whether no call is left, and none is being made
	 */
	public boolean isIdle() {
		return this.unmade.get() == 0;
	}

}
