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

package io.nexios.ws.server.tomcat;

import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The thread that waits in a blocking write of one connection. When Tomcat closes the
 * socket, it does not wake this thread. The thread would wait until its timeout. So the
 * code that drops the connection wakes it by an interrupt. The interrupt is not visible
 * outside the write: the lock ensures that it comes during the write, and the interrupt
 * flag is cleared at the end of the write.
 *
 * @author Nexios Team
 */
final class WritingThread {

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Thread thread;

	private boolean woken;

	/**
	 * Run a write that may wait for the peer.
	 * @param write the write
	 */
	void run(Runnable write) {
		set(Thread.currentThread());
		try {
			write.run();
		}
		finally {
			set(null);
		}
	}

	private void set(@Nullable Thread thread) {
		this.lock.lock();
		try {
			this.thread = thread;
			if (thread == null && this.woken) {
				this.woken = false;
				Thread.interrupted();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wake the thread, if there is one. Called when the connection is dropped and nothing
	 * more can be written to it.
	 */
	void wake() {
		this.lock.lock();
		try {
			if (this.thread != null) {
				this.woken = true;
				this.thread.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
