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

package io.nexios.ws.observation;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nexios.ws.server.ServerLoad;
import io.nexios.ws.server.WebSocketServer;

/**
 * Gauges of the load of the whole server.
 *
 * @author Nexios Team
 */
public final class ServerMeters implements MeterBinder {

	private final WebSocketServer server;

	/**
	 * Create gauges.
	 * @param server the server
	 */
	public ServerMeters(WebSocketServer server) {
		this.server = server;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge("nexios.ws.handshakes.pending", ServerLoad::pendingHandshakes)
			.description("Handshakes that are not decided, or accepted and not yet open")
			.register(registry);
		gauge("nexios.ws.outbound.bytes", ServerLoad::outboundBytes).description("Bytes that wait for all peers")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		gauge("nexios.ws.outbound.max.bytes", ServerLoad::outboundMaxBytes)
			.description("Maximum number of bytes that may wait for all peers")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
	}

	private Gauge.Builder<WebSocketServer> gauge(String name, ToDoubleFunction<ServerLoad> value) {
		return Gauge.builder(name, this.server, (server) -> value.applyAsDouble(server.load()));
	}

}
