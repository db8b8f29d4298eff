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

package io.nexios.ws.demo.dashboard;

import java.lang.management.ManagementFactory;
import java.time.Instant;

import com.sun.management.OperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Figures of the JVM at one moment.
 *
 * @param at the moment
 * @param heapUsed the used heap in bytes
 * @param heapMax the maximum size of the heap in bytes
 * @param liveThreads the number of platform threads
 * @param cpuLoad the CPU load of this process from 0 to 1, or {@code null} if the
 * platform does not provide it
 * @param connections the number of open WebSocket connections
 * @author Nexios Team
 */
record JvmFigures(Instant at, long heapUsed, long heapMax, int liveThreads, @Nullable Double cpuLoad, int connections) {

	static JvmFigures take(int connections) {
		Runtime runtime = Runtime.getRuntime();
		return new JvmFigures(Instant.now(), runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory(),
				ManagementFactory.getThreadMXBean().getThreadCount(), processCpuLoad(), connections);
	}

	private static @Nullable Double processCpuLoad() {
		double load = -1;
		if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
			load = system.getProcessCpuLoad();
		}
		return (load >= 0) ? load : null;
	}

}
