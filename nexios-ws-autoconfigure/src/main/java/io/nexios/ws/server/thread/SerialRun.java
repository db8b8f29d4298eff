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

package io.nexios.ws.server.thread;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts a run when any of many threads asks for it, and ensures that there is only one
 * run at a time.
 * <p>
 * Each request is a signal, and signals are counted. The thread that increments the count
 * from zero starts the run. The other threads only increment it. A run first reads the
 * count, then does its work, and then subtracts the signals that it has read. If the
 * count is now zero, the run is over. Otherwise more signals have come, and the run has
 * to continue.
 * <p>
 * So no signal is lost. If a signal comes after the run has read the count and before it
 * subtracts, the count is not zero after the subtraction, and the run continues. If a
 * signal comes after the subtraction that ends the run, it finds zero and starts the next
 * run. There are never two runs, because only a run makes the count zero.
 *
 * @author Nexios Team
 */
public final class SerialRun {

	private final AtomicInteger signals;

	private SerialRun(int signals) {
		this.signals = new AtomicInteger(signals);
	}

	/**
	 * Create a run that the first signal starts.
	 * @return the run
	 */
	public static SerialRun idle() {
		return new SerialRun(0);
	}

	/**
	 * Create a run that counts as started, so that no signal starts it. Its creator has
	 * to start it.
	 * @return the run
	 */
	public static SerialRun started() {
		return new SerialRun(1);
	}

	/**
	 * Ask for a run.
	 * @return whether the caller has to start it
	 */
	public boolean signal() {
		return this.signals.getAndIncrement() == 0;
	}

	/**
	 * Read the number of signals, at the beginning of a run. Called by the run.
	 * @return the number of signals, for {@link #end}
	 */
	public int begin() {
		return this.signals.get();
	}

	/**
	 * Subtract signals, at the end of a run. Called by the run.
	 * @param seen the number of signals that the run has read
	 * @return whether the run is over. If not, it has to continue
	 */
	public boolean end(int seen) {
		return this.signals.addAndGet(-seen) == 0;
	}

}
