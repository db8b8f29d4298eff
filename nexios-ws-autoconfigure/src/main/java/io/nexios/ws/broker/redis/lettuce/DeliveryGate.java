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

import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps what a connection delivers apart from its end. Deliveries come from one thread,
 * one after the other. The end comes from any thread, and only the first one counts.
 * <p>
 * OPEN becomes DELIVERING, and OPEN again after the delivery. The end makes ENDED of
 * OPEN, and runs at once. It makes ENDING of DELIVERING. Then the delivering thread makes
 * ENDED of it after the delivery, and runs the end. So no delivery begins after
 * {@link #end}, and none is under way when the end runs. {@link #end} does not wait for
 * the delivery that is under way.
 *
 * @author Nexios Team
 */
public final class DeliveryGate {

	private final State open = new State(Phase.OPEN, () -> {
	});

	private final State delivering = new State(Phase.DELIVERING, () -> {
	});

	private final State ended = new State(Phase.ENDED, () -> {
	});

	private final AtomicReference<State> state = new AtomicReference<>(this.open);

	/**
	 * Run a delivery, unless the end has come. Must not be called by a delivery.
	 * @param delivery the delivery
	 */
	void deliver(Runnable delivery) {
		if (!this.state.compareAndSet(this.open, this.delivering)) {
			return;
		}
		try {
			delivery.run();
		}
		finally {
			if (!this.state.compareAndSet(this.delivering, this.open)) {
				this.state.getAndSet(this.ended).ending().run();
			}
		}
	}

	/**
	 * End the deliveries. Only the first call has an effect.
	 * @param ending runs once
	 */
	void end(Runnable ending) {
		State later = new State(Phase.ENDING, ending);
		if (this.state.compareAndSet(this.open, this.ended)) {
			ending.run();
		}
		else if (!this.state.compareAndSet(this.delivering, later) && isOpen()) {
			// The delivery has ended, or another has begun, in between
			end(ending);
		}
	}

	/**
	 * Return whether the end has not come.
	 * @return whether further deliveries are possible
	 */
	boolean isOpen() {
		Phase phase = this.state.get().phase();
		return phase == Phase.OPEN || phase == Phase.DELIVERING;
	}

	private enum Phase {

		OPEN, DELIVERING, ENDING, ENDED

	}

	private record State(Phase phase, Runnable ending) {

	}

}
