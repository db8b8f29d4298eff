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

package io.nexios.ws.server.observer;

/**
 * Measures how long a handler works on each message: from the moment it receives the
 * message until it asks for the next one. Only the receiving thread uses it, one thread
 * at a time.
 *
 * @author Nexios Team
 */
public final class MessageTimer {

	private final ConnectionObserver observer;

	private final boolean timing;

	private boolean running;

	private long startedAt;

	public MessageTimer(ConnectionObserver observer) {
		this.observer = observer;
		this.timing = observer.isTiming();
	}

	public void start() {
		if (this.timing) {
			this.observer.messageStarted();
			this.startedAt = System.nanoTime();
			this.running = true;
		}
	}

	public void stop() {
		if (this.running) {
			this.running = false;
			this.observer.messageHandled(System.nanoTime() - this.startedAt);
		}
	}

}
