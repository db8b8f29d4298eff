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

import java.util.concurrent.Semaphore;

/**
 * Pauses reading by blocking the thread that reads. It is used if that is a virtual
 * thread. Tomcat starts one for each event of a socket, so no other connection waits for
 * it.
 *
 * @author Nexios Team
 */
final class BlockingReadPause implements ReadPause {

	private final Semaphore resumed = new Semaphore(0);

	@Override
	public void pause() {
		// awaitResume() blocks the thread, after the lock of the queue is released
	}

	@Override
	public void awaitResume() {
		this.resumed.acquireUninterruptibly();
	}

	@Override
	public void resume() {
		this.resumed.release();
	}

}
