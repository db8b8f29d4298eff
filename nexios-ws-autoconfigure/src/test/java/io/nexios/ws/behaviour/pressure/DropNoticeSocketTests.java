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

import java.util.List;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WebSocket;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.testsupport.Continuity;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that read too slowly and are told what they have lost.
 *
 * @author Nexios Team
 */
class DropNoticeSocketTests {

	private static final int SIZE = 16 * 1024;

	/** Much more than the buffers of two sockets can hold. */
	private static final int MANY = 4_000;

	private static final int SMALL_BUFFER = 4 * 1024;

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.outbound.max-age=20s");

	private final Continuity first = new Continuity("first");

	private final Continuity second = new Continuity("second");

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void peerIsToldOfEachDroppedMessageInItsPlace(OverflowPolicy policy) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept((acceptance) -> acceptance.overflow(policy));
			ws.awaitDisconnect();
		});
		try (RawWs slow = server.handshake().receiveBuffer(SMALL_BUFFER).connect()) {
			WebSocket ws = outcome.open();
			Connection connection = connection(ws);
			Flood.start(MANY, (i) -> connection.offer(((i % 2 == 0) ? this.first : this.second).next(SIZE))).awaitEnd();
			while (!this.first.isComplete() || !this.second.isComplete()) {
				String text = slow.readText();
				this.first.received(text);
				this.second.received(text);
			}
			assertThat(List.of(this.first.notices(), this.second.notices())).doesNotContain(0);
			assertThat(ws.isConnected()).isTrue();
			slow.leave();
		}
	}

	private static Connection connection(WebSocket ws) {
		return server.bean(ConnectionRegistry.class)
			.all()
			.stream()
			.filter((connection) -> connection.id().equals(ws.id()))
			.findFirst()
			.orElseThrow();
	}

}
