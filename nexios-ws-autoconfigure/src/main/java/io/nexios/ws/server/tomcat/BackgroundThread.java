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
 * Keeps the thread with which Tomcat looks after WebSockets, one in a JVM. Tomcat ends it
 * with the last session and starts another one with the next, under a lock for which all
 * wait who open or close: where connections are few and short, that slows all of them
 * down.
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
	 * Leave the thread to the sessions that there still are.
	 */
	synchronized void release() {
		if (this.state == State.KEPT) {
			this.manager.unregister(this);
		}
		this.state = State.RELEASED;
	}

	@Override
	public void backgroundProcess() {
		// That there is a process is enough
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
		 * For good: the server has stopped.
		 */
		RELEASED

	}

}
