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

package io.nexios.ws.testsupport;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A signal that one thread waits for and another thread sets.
 *
 * @author Nexios Team
 */
public final class Signal {

	private final CountDownLatch latch = new CountDownLatch(1);

	public void fire() {
		this.latch.countDown();
	}

	public boolean isFired() {
		return this.latch.getCount() == 0;
	}

	public void await() {
		try {
			boolean fired = this.latch.await(RawWs.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			if (!fired) {
				throw new AssertionError("Waited " + RawWs.TIMEOUT + " in vain");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
	}

}
