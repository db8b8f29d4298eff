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

import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More messages than may wait for a peer, although their bytes are below the limit.
 *
 * @author Nexios Team
 */
class OutboundMessagesSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.outbound.max-messages=100",
			"nexios.ws.outbound.max-bytes=100MB", "nexios.ws.outbound.max-age=4s");

	@Test
	void handlerWaitsAndOtherThreadsClose1013() {
		AtomicInteger sent = new AtomicInteger();
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept();
			while (true) {
				ws.sendBytes(new byte[16 * 1024]);
				sent.incrementAndGet();
			}
		});
		try (RawWs stalled = server.handshake().receiveBuffer(4 * 1024).connect()) {
			WebSocket ws = outcome.open();
			Flood.awaitHalt(sent);
			assertThat(stalled.status()).isEqualTo(101);
			assertThat(ws.isConnected()).isTrue();
			Flood.start(200, (i) -> ws.sendBytes(new byte[7]));
			assertThat(outcome.closed()).isEqualTo(new CloseStatus(1013, "Too many messages unread"));
			assertThat(outcome.thrown()).isInstanceOf(WebSocketDisconnect.class);
		}
	}

}
