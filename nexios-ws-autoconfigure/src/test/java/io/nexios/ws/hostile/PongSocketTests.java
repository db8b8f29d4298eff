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

package io.nexios.ws.hostile;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Peers that ping and never read a pong, more of them than the container has threads.
 *
 * @author Nexios Team
 */
class PongSocketTests {

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer().with("server.tomcat.threads.max=8",
			"server.jetty.threads.max=20");

	private final List<RawWs> clients = new ArrayList<>();

	@AfterEach
	void abortAll() {
		this.clients.forEach(RawWs::abort);
	}

	@Test
	void pongsThatNobodyReadHoldNoThreadOfTheContainer() {
		server.serveEcho();
		byte[] pings = pings();
		AtomicInteger bursts = new AtomicInteger();
		for (int i = 0; i < 24; i++) {
			RawWs client = server.handshake().receiveBuffer(4096).connect();
			this.clients.add(client);
			Flood.start(20, (burst) -> {
				send(client, pings);
				bursts.incrementAndGet();
			});
		}
		Flood.awaitHalt(bursts);
		server.verifyOthersAreServed();
	}

	private static void send(RawWs client, byte[] bytes) {
		try {
			client.sendRaw(bytes);
		}
		catch (UncheckedIOException ex) {
			// One side has ended the connection
		}
	}

	private static byte[] pings() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int i = 0; i < 10_000; i++) {
			bytes.writeBytes(RawFrame.ping("p".repeat(125)).toBytes());
		}
		return bytes.toByteArray();
	}

}
