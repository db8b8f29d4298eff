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
 * Lets many threads ask for a run, of which there is one at a time.
 * <p>
 * Each request is a signal, and signals are counted. Whoever makes the count leave zero
 * starts the run; the others only count. A run first reads the count, then does its work,
 * and then takes back the signals that it has read. If that makes the count zero, the run
 * is over. Otherwise there were more signals, and the run has to go on.
 * <p>
 * So no signal is lost: one that comes before the run takes back is still counted then,
 * and one that comes after it finds zero and starts the next run. And there are never two
 * runs: only a run makes the count zero.
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
	 * Read the signals, at the beginning of a run. Called by the run.
	 * @return how many there are, for {@link #end}
	 */
	public int begin() {
		return this.signals.get();
	}

	/**
	 * Take signals back, at the end of a run. Called by the run.
	 * @param seen how many the run has read
	 * @return whether the run is over; otherwise it has to go on
	 */
	public boolean end(int seen) {
		return this.signals.addAndGet(-seen) == 0;
	}

}
