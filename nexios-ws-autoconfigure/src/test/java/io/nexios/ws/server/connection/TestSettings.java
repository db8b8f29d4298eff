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

package io.nexios.ws.server.connection;

import java.time.Duration;
import java.util.List;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.inbound.InboundLimits;
import io.nexios.ws.server.limit.PeerLimits;
import io.nexios.ws.server.outbound.OutboundLimits;

/**
 * Settings small enough to reach the limits in tests.
 *
 * @author Nexios Team
 */
public final class TestSettings {

	private TestSettings() {
	}

	public static ServerSettings acceptingWithin(Duration acceptTimeout) {
		return new ServerSettings(acceptTimeout, 100, false, new InboundLimits(8, 1_000),
				new OutboundLimits(10, 1_000, Duration.ofSeconds(5), Long.MAX_VALUE, OverflowPolicy.CLOSE),
				new ServerSettings.Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(10)), close(), 10, limits(),
				null);
	}

	public static ServerSettings.Close close() {
		return new ServerSettings.Close(Duration.ofSeconds(10), Duration.ofSeconds(60));
	}

	/**
	 * Return the defaults.
	 * @return limits
	 */
	public static PeerLimits limits() {
		return new PeerLimits(0, 0, 0, 1000, 0, 0, 0, 1000, Duration.ofSeconds(60), 200);
	}

	public static AcceptanceSpec spec(String... offered) {
		return new AcceptanceSpec(List.of(offered), null, acceptingWithin(Duration.ofSeconds(5)).maxMessageSize(),
				acceptingWithin(Duration.ofSeconds(5)).outbound().overflow());
	}

}
