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

package io.nexios.ws.testsupport.redis;

/**
 * What goes wrong in one direction: of one connection, or of all.
 *
 * @author Nexios Team
 */
final class FlowFaults {

	/** No limit of bytes. */
	static final long NO_LIMIT = Long.MAX_VALUE;

	private boolean held;

	private long delayNanos;

	private long bytesPerSecond = NO_LIMIT;

	private long bytesUntilCut = NO_LIMIT;

	void hold(boolean held) {
		this.held = held;
	}

	void delay(long nanos) {
		this.delayNanos = nanos;
	}

	void throttle(long bytesPerSecond) {
		this.bytesPerSecond = bytesPerSecond;
	}

	void cutAfter(long bytes) {
		this.bytesUntilCut = bytes;
	}

	void heal() {
		this.held = false;
		this.delayNanos = 0;
		this.bytesPerSecond = NO_LIMIT;
		this.bytesUntilCut = NO_LIMIT;
	}

	boolean isHeld() {
		return this.held;
	}

	long delayNanos() {
		return this.delayNanos;
	}

	long bytesPerSecond() {
		return this.bytesPerSecond;
	}

	long bytesUntilCut() {
		return this.bytesUntilCut;
	}

	/**
	 * Count bytes that were forwarded.
	 * @param bytes their number, at most {@link #bytesUntilCut()}
	 * @return whether it is time to cut
	 */
	boolean forwarded(int bytes) {
		if (this.bytesUntilCut == NO_LIMIT) {
			return false;
		}
		this.bytesUntilCut -= bytes;
		return this.bytesUntilCut == 0;
	}

}
