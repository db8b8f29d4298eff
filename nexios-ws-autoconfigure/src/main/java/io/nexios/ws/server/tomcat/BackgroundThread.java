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

import org.apache.tomcat.websocket.BackgroundProcess;
import org.apache.tomcat.websocket.BackgroundProcessManager;

/**
 * Keeps Tomcat's background thread for WebSockets running. There is one in a JVM. Tomcat
 * ends it with the last session and starts another one with the next session. It does so
 * under a lock that every opening and every closing session waits for. If connections are
 * few and short, that slows down all of them.
 *
 * @author Nexios Team
 */
final class BackgroundThread implements BackgroundProcess {

	private final BackgroundProcessManager manager;

	private volatile State state = State.NEW;

	BackgroundThread(BackgroundProcessManager manager) {
		this.manager = manager;
	}

	/**
	 * Keep the thread from now on, unless it has been released.
	 */
	void keep() {
		if (this.state == State.NEW) {
			register();
		}
	}

	private synchronized void register() {
		if (this.state == State.NEW) {
			this.state = State.KEPT;
			this.manager.register(this);
		}
	}

	/**
	 * Stop keeping the thread. It runs only as long as there are sessions.
	 */
	synchronized void release() {
		if (this.state == State.KEPT) {
			this.manager.unregister(this);
		}
		this.state = State.RELEASED;
	}

	@Override
	public void backgroundProcess() {
		// Tomcat keeps the thread because this process is registered
	}

	@Override
	public void setProcessPeriod(int period) {
		throw new UnsupportedOperationException("There is nothing to process");
	}

	@Override
	public int getProcessPeriod() {
		return 0;
	}

	private enum State {

		/**
		 * No connection has been opened.
		 */
		NEW,

		/**
		 * The thread runs.
		 */
		KEPT,

		/**
		 * The server has stopped. This state is final.
		 */
		RELEASED

	}

}
