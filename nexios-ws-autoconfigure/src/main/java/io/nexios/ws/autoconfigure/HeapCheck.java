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

import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Warns at startup if the heap cannot hold what the properties permit. If the number of
 * connections is only the default of the server, which is meant for larger heaps, the
 * message is logged at INFO level.
 *
 * @author Nexios Team
 */
final class HeapCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(Loggers.LIMITS);

	private static final String CONNECTIONS_LIMIT = "nexios.ws.limits.connections";

	// Measured without buffers: session, connection and a parked virtual thread
	private static final long TOMCAT_IDLE_BYTES = 12_500;

	private static final int TOMCAT_BUFFERS = 5;

	private static final int TOMCAT_BUFFER_SIZE = 8 * 1024;

	private static final int TOMCAT_CONNECTIONS = 8192;

	// Buffers are pooled. A connection holds them only while it is active
	private static final long JETTY_IDLE_BYTES = 12_000;

	private final HeapDemand demand;

	private final boolean asked;

	private final long heapBytes;

	private HeapCheck(HeapDemand demand, boolean asked, long heapBytes) {
		this.demand = demand;
		this.asked = asked;
		this.heapBytes = heapBytes;
	}

	static HeapCheck onTomcat(NexiosWsProperties properties, int messageBytes, Environment environment) {
		DataSize bufferSize = properties.getTomcat().getBufferSize();
		long buffers = TOMCAT_BUFFERS * ((bufferSize != null) ? bufferSize.toBytes() : TOMCAT_BUFFER_SIZE);
		return of(properties, environment, "server.tomcat.max-connections", TOMCAT_CONNECTIONS,
				TOMCAT_IDLE_BYTES + buffers + messageBytes);
	}

	static HeapCheck onJetty(NexiosWsProperties properties, Environment environment) {
		return of(properties, environment, "server.jetty.max-connections", 0, JETTY_IDLE_BYTES);
	}

	private static HeapCheck of(NexiosWsProperties properties, Environment environment, String serverProperty,
			int defaultConnections, long idleBytes) {
		Binder binder = Binder.get(environment);
		int serverConnections = binder.bind(serverProperty, Integer.class).orElse(defaultConnections);
		Integer limit = properties.getLimits().getConnections();
		int connections = serverConnections;
		String connectionsProperty = serverProperty;
		if (limit != null && (serverConnections <= 0 || limit < serverConnections)) {
			connections = limit;
			connectionsProperty = CONNECTIONS_LIMIT;
		}
		DataSize outboundTotal = properties.getOutbound().getTotalMaxBytes();
		long one = properties.getMaxMessageSize().toBytes() + properties.getInbound().getMaxBytes().toBytes()
				+ properties.getOutbound().getMaxBytes().toBytes();
		long history = properties.getHistory().getTotalMaxBytes().toBytes();
		HeapDemand demand = new HeapDemand(connectionsProperty, Math.max(0, connections), idleBytes, one, history,
				(outboundTotal != null) ? outboundTotal.toBytes() : 0);
		long heap = Runtime.getRuntime().maxMemory();
		boolean asked = binder.bind(connectionsProperty, Integer.class).isBound()
				|| demand.bytes() - demand.connections() * idleBytes > heap;
		return new HeapCheck(demand, asked, heap);
	}

	@Override
	public void afterSingletonsInstantiated() {
		String complaint = this.demand.complaint(this.heapBytes);
		if (complaint != null && this.asked) {
			logger.warn(complaint);
		}
		else if (complaint != null) {
			logger.info(complaint);
		}
	}

}
