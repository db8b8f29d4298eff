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
 * The heap that an application needs at least: all connections that the server accepts
 * while they are idle, one connection at its limits, and what is limited for all
 * connections together. Nearly no heap could hold every connection at its limits. This
 * does not show a mistake, so it is not required.
 *
 * @param connectionsProperty the property that limits the connections
 * @param connections the maximum number of connections that the server accepts, 0 for
 * unlimited
 * @param idleBytes the heap for an idle connection
 * @param oneBytes the heap for a connection at its limits
 * @param historyBytes the limit of the messages that groups keep
 * @param outboundBytes the limit of what waits for peers, 0 for a limit that depends on
 * the heap
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
	 * Describe what does not fit, and what to do.
	 * @param heapBytes the size of the heap
	 * @return one line with the properties and figures, or {@code null} if everything
	 * fits
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
			parts.add(size(idle()) + " for " + this.connections + " idle connections that '" + this.connectionsProperty
					+ "' permits");
		}
		parts.add(size(this.oneBytes) + " for one connection at its limits (" + ONE_PROPERTIES + ")");
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
