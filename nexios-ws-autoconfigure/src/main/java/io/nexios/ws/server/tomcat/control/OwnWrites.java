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

package io.nexios.ws.server.tomcat.control;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.tomcat.websocket.Constants;

/**
 * Counts the writes of this library that are under way on one connection. There are at
 * most two: one of messages, and one of a pong that began before. While one of them
 * blocks, the timeout of Tomcat's blocking sends is long. This would be too long for the
 * sends of Tomcat itself. A write that fails counts as under way forever, because a frame
 * may have been cut off and nothing can follow it.
 *
 * @author Nexios Team
 */
final class OwnWrites {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition ended = this.lock.newCondition();

	private final Map<String, Object> userProperties;

	private final Long timeoutMillis;

	private final Long shortTimeoutMillis;

	private int blocking;

	// Written under the lock
	private volatile int underWay;

	/**
	 * Create the counter of a connection.
	 * @param userProperties the properties of Tomcat's session
	 * @param timeoutMillis how long a blocking send may take while a blocking write of
	 * this library is under way
	 * @param shortTimeoutMillis how long it may take otherwise
	 */
	OwnWrites(Map<String, Object> userProperties, Long timeoutMillis, Long shortTimeoutMillis) {
		this.userProperties = userProperties;
		this.timeoutMillis = timeoutMillis;
		this.shortTimeoutMillis = shortTimeoutMillis;
		setSendTimeout(shortTimeoutMillis);
	}

	void begin(boolean blocking) {
		this.lock.lock();
		try {
			this.underWay = this.underWay + 1;
			if (blocking && this.blocking++ == 0) {
				changeSendTimeout(this.timeoutMillis);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void end(boolean blocking) {
		this.lock.lock();
		try {
			if (blocking && --this.blocking == 0) {
				changeSendTimeout(this.shortTimeoutMillis);
			}
			this.underWay = this.underWay - 1;
			if (this.underWay == 0) {
				this.ended.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void changeSendTimeout(Long millis) {
		if (!this.timeoutMillis.equals(this.shortTimeoutMillis)) {
			setSendTimeout(millis);
		}
	}

	private void setSendTimeout(Long millis) {
		this.userProperties.put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, millis);
		this.userProperties.put(Constants.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT_PROPERTY, millis);
	}

	boolean areUnderWay() {
		return this.underWay > 0;
	}

	/**
	 * Wait until no write is under way.
	 * @param timeout how long to wait
	 * @return whether no write is under way
	 */
	boolean awaitEnd(Duration timeout) {
		long remaining = timeout.toNanos();
		this.lock.lock();
		try {
			while (this.underWay > 0 && remaining > 0) {
				remaining = this.ended.awaitNanos(remaining);
			}
			return this.underWay == 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

}
