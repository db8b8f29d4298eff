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

package io.nexios.ws.behaviour.pressure;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that together leave more data unread than the server can hold.
 *
 * @author Nexios Team
 */
class OutboundTotalSocketTests {

	private static final int SIZE = 256 * 1024;

	/** More than the server holds for all connections. */
	private static final int MANY = 300;

	private static final int SMALL_BUFFER = 4 * 1024;

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.outbound.max-bytes=64MB")
		.with("nexios.ws.outbound.total-max-bytes=64MB");

	@Test
	void slowestConnectionIsClosedAndTheOthersGoOn() {
		Outcome<?> slowest = servePush();
		try (RawWs stalled = server.handshake().receiveBuffer(SMALL_BUFFER).connect()) {
			WebSocket slow = slowest.open();
			Outcome<?> other = servePush();
			try (RawWs reading = server.connect()) {
				WebSocket fast = other.open();
				for (int i = 0; i < MANY && slow.isConnected(); i++) {
					send(slow);
				}
				assertThat(slowest.closed().getCode()).isEqualTo(1013);
				fast.sendText("still here");
				reading.expectText("still here");
			}
		}
	}

	private static void send(WebSocket ws) {
		try {
			ws.sendBytes(new byte[SIZE]);
		}
		catch (WebSocketDisconnect ex) {
			assertThat(ex.code()).isEqualTo(1013);
		}
	}

	private static Outcome<?> servePush() {
		return server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
	}

}
