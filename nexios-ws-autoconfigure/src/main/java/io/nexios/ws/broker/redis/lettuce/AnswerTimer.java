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

package io.nexios.ws.broker.redis.lettuce;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that an answer is missing. There is one timer for a connection, and none
 * while no request waits. It is armed by a request and looks at the oldest one when its
 * time has come. A timer that runs early runs because the server stops. It is the last
 * one.
 *
 * @author Nexios Team
 */
final class AnswerTimer {

	private final AtomicBoolean armed = new AtomicBoolean();

	private final UnansweredRequests requests;

	private final TimeSource time;

	private final Duration timeout;

	private final Runnable expired;

	private volatile TimeSource.@Nullable Timer timer;

	private volatile boolean canceled;

	/**
	 * Create a timer.
	 * @param requests the requests that wait
	 * @param time the time
	 * @param timeout how long a request may wait
	 * @param expired runs when a request has waited for too long
	 */
	AnswerTimer(UnansweredRequests requests, TimeSource time, Duration timeout, Runnable expired) {
		this.requests = requests;
		this.time = time;
		this.timeout = timeout;
		this.expired = expired;
	}

	/**
	 * Ensure that the timer runs. Called after a request was added.
	 */
	void arm() {
		if (!this.armed.get() && this.armed.compareAndSet(false, true)) {
			schedule(this.timeout);
		}
	}

	private void schedule(Duration delay) {
		long due = this.time.nanoTime() + delay.toNanos();
		this.timer = this.time.schedule(() -> run(due), delay);
		if (this.canceled) {
			cancel();
		}
	}

	private void run(long due) {
		long now = this.time.nanoTime();
		if (this.canceled || now - due < 0) {
			return;
		}
		Long oldest = this.requests.oldest();
		if (oldest == null) {
			disarm();
			return;
		}
		Duration rest = this.timeout.minusNanos(now - oldest);
		if (rest.isNegative() || rest.isZero()) {
			this.expired.run();
			return;
		}
		schedule(rest);
	}

	private void disarm() {
		this.armed.set(false);
		if (this.requests.oldest() != null) {
			// It was added while the timer was still armed
			arm();
		}
	}

	void cancel() {
		this.canceled = true;
		TimeSource.Timer last = this.timer;
		if (last != null) {
			last.cancel();
		}
	}

}
