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

package io.nexios.ws.autoconfigure;

import java.util.StringJoiner;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * The heap that an application cannot do without: all connections that the server takes
 * with nothing going on, one of them at its limits, and what is bounded for all of them
 * together. That every connection is at its limits at a time is more than nearly any heap
 * has, and no sign of a mistake, so it is not asked for.
 *
 * @param connectionsProperty the property that bounds the connections
 * @param connections how many connections the server takes, 0 for any number
 * @param idleBytes what a connection takes while it is idle
 * @param oneBytes what a connection may take at its limits
 * @param historyBytes what the messages that groups keep may take
 * @param outboundBytes what waits for peers may take, 0 for a bound that fits the heap
 * @author Nexios Team
 */
record HeapDemand(String connectionsProperty, long connections, long idleBytes, long oneBytes, long historyBytes,
		long outboundBytes) {

	private static final String ONE_PROPERTIES = "'nexios.ws.max-message-size', 'nexios.ws.inbound.max-bytes' and "
			+ "'nexios.ws.outbound.max-bytes'";

	private static final String HISTORY_PROPERTY = "nexios.ws.history.total-max-bytes";

	private static final String OUTBOUND_PROPERTY = "nexios.ws.outbound.total-max-bytes";

	long bytes() {
		return saturatedSum(idle(), bytesWithoutIdle());
	}

	private long bytesWithoutIdle() {
		return Stream.of(this.oneBytes, this.historyBytes, this.outboundBytes).reduce(0L, HeapDemand::saturatedSum);
	}

	private long idle() {
		return (this.connections > Long.MAX_VALUE / this.idleBytes) ? Long.MAX_VALUE
				: this.connections * this.idleBytes;
	}

	private static long saturatedSum(long a, long b) {
		return (a > Long.MAX_VALUE - b) ? Long.MAX_VALUE : a + b;
	}

	/**
	 * Say what does not fit, and what to do about it.
	 * @param heapBytes the heap there is
	 * @return one line with the properties and figures, or {@code null} if all fits
	 */
	@Nullable String complaint(long heapBytes) {
		if (bytes() <= heapBytes) {
			return null;
		}
		return "The heap of " + size(heapBytes) + " cannot hold what connections may need: " + parts()
				+ ". Start Java with -Xmx" + megabytes(bytes()) + "m or more, or lower " + remedy(heapBytes);
	}

	private String parts() {
		StringJoiner parts = new StringJoiner(", ");
		if (this.connections > 0) {
			parts.add(size(idle()) + " for " + this.connections + " idle ones, which '" + this.connectionsProperty
					+ "' lets in");
		}
		parts.add(size(this.oneBytes) + " for one that is full (" + ONE_PROPERTIES + ")");
		parts.add(size(this.historyBytes) + " for '" + HISTORY_PROPERTY + "'");
		if (this.outboundBytes > 0) {
			parts.add(size(this.outboundBytes) + " for '" + OUTBOUND_PROPERTY + "'");
		}
		return parts.toString();
	}

	private String remedy(long heapBytes) {
		long fitting = (heapBytes - bytesWithoutIdle()) / this.idleBytes;
		return (fitting > 0) ? "'" + this.connectionsProperty + "' to " + fitting : largest();
	}

	private String largest() {
		if (this.oneBytes >= Math.max(this.historyBytes, this.outboundBytes)) {
			return ONE_PROPERTIES;
		}
		return "'" + ((this.historyBytes >= this.outboundBytes) ? HISTORY_PROPERTY : OUTBOUND_PROPERTY) + "'";
	}

	private static String size(long bytes) {
		DataSize size = DataSize.ofBytes(bytes);
		return (size.toMegabytes() > 0) ? size.toMegabytes() + " MB" : size.toKilobytes() + " KB";
	}

	private static long megabytes(long bytes) {
		return DataSize.ofBytes(bytes).toMegabytes() + 1;
	}

}
