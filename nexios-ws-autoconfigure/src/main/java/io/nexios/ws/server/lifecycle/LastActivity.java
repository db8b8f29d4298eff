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

package io.nexios.ws.server.lifecycle;

import java.time.Instant;

/**
 * The time of the last activity on a connection. The clock is read only if the time is
 * tracked.
 *
 * @author Nexios Team
 */
public final class LastActivity {

	private volatile boolean tracked;

	private volatile Instant last = Instant.MIN;

	public void track() {
		this.tracked = true;
	}

	public void happened() {
		if (this.tracked) {
			touch();
		}
	}

	public void touch() {
		this.last = Instant.now();
	}

	public Instant last() {
		return this.last;
	}

}
