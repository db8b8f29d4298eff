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

package io.nexios.ws.behaviour.threads;

import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The threads that handlers run on.
 *
 * @author Nexios Team
 */
class ThreadSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.handler.max-threads=2");

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void handlerRunsOnVirtualThread() {
		Outcome<Thread> thread = server.evaluate((ws) -> {
			ws.accept();
			return Thread.currentThread();
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			assertThat(
					ReflectionUtils.invokeMethod(ReflectionUtils.findMethod(Thread.class, "isVirtual"), thread.get()))
				.isEqualTo(true);
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsAreNotCounted() {
		serveUntilPeerLeaves();
		try (RawWs first = server.connect(); RawWs second = server.connect(); RawWs third = server.connect()) {
			first.leave();
			second.leave();
			third.leave();
		}
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void handshakeIs503UntilAThreadIsFree() {
		Outcome<?> outcome = serveUntilPeerLeaves();
		try (RawWs first = server.connect(); RawWs second = server.connect()) {
			try (RawWs third = server.handshake().send()) {
				assertThat(third.status()).isEqualTo(503);
			}
			first.leave();
			second.leave();
			outcome.awaitEnd();
		}
		serveUntilPeerLeaves();
		await().untilAsserted(() -> {
			try (RawWs fourth = server.connect()) {
				fourth.leave();
			}
		});
	}

	@Test
	void handlerThatBlocksHoldsUpNoOtherConnection() {
		Signal release = new Signal();
		server.serve((ws) -> {
			ws.accept();
			release.await();
		});
		try (RawWs blocked = server.connect()) {
			server.serve((ws) -> {
				ws.accept();
				ws.sendText(ws.receiveText());
			});
			try (RawWs client = server.connect()) {
				client.sendText("not held up");
				client.expectText("not held up");
			}
			release.fire();
			blocked.expectClose(1000);
		}
	}

	private Outcome<?> serveUntilPeerLeaves() {
		return server.serve((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		});
	}

}
