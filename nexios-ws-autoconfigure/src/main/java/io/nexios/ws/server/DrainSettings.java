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

package io.nexios.ws.server;

import java.time.Duration;

/**
 * The settings for closing connections when the application stops.
 *
 * @param timeout the time in which connections have to end and handlers have to return
 * @param batchSize the number of connections that are closed at a time
 * @param batchInterval the time between two batches. It is shortened if closing all
 * batches would take more than half of the timeout
 * @author Nexios Team
 */
public record DrainSettings(Duration timeout, int batchSize, Duration batchInterval) {

	/**
	 * Return the pause after each batch.
	 * @param connections the number of connections
	 * @return the time in nanoseconds
	 */
	long pauseNanos(int connections) {
		long batches = (connections + this.batchSize - 1L) / this.batchSize;
		return (batches > 1) ? Math.min(this.batchInterval.toNanos(), this.timeout.toNanos() / 2 / batches) : 0;
	}

}
