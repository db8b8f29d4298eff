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

package io.nexios.ws.testsupport.jvm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.nexios.ws.testsupport.Signal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JvmSnapshot} of {@link SharedStates}.
 *
 * @author Nexios Team
 */
class JvmSnapshotTests {

	private final JvmSnapshot before = JvmSnapshot.of(SharedStates.ALL);

	@Test
	void threadIsLeftUntilItEnds() {
		Signal end = new Signal();
		new Thread(end::await, "left over").start();
		expectLeft("+ Thread[", "left over");
		end.fire();
		awaitNotLeft("left over");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadIsLeftUntilItEnds() {
		Signal end = new Signal();
		new VirtualThreadTaskExecutor("left over ").execute(end::await);
		expectLeft("+ Thread #", "left over");
		end.fire();
		awaitNotLeft("left over");
	}

	@Test
	void threadsOfServersAreThoseOfACachedContext() {
		JvmSnapshot besideContext = JvmSnapshot.of(SharedStates.BESIDE_A_CACHED_CONTEXT);
		Signal end = new Signal();
		new Thread(end::await, "nexios-ws-handler-left over").start();
		expectLeft("left over");
		assertThat(besideContext.changes()).noneMatch((change) -> change.contains("left over"));
		end.fire();
		awaitNotLeft("left over");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void socketIsLeftUntilItIsClosed() throws IOException {
		String port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = ":%04X ".formatted(socket.getLocalPort());
			expectLeft(port);
		}
		awaitNotLeft(port);
	}

	@Test
	void systemPropertyIsLeftUntilItIsCleared() {
		System.setProperty("nexios.left-over", "x");
		expectLeft("+ system property nexios.left-over=x");
		System.clearProperty("nexios.left-over");
		awaitNotLeft("left-over");
	}

	@Test
	void systemPropertyThatIsGoneIsMissed() {
		System.setProperty("nexios.left-over", "x");
		JvmSnapshot with = JvmSnapshot.of(SharedStates.ALL);
		System.clearProperty("nexios.left-over");
		assertThat(with.changes()).contains("- system property nexios.left-over=x");
	}

	@Test
	void levelIsLeftUntilItIsReset() {
		Logger logger = (Logger) LoggerFactory.getLogger("left.over");
		logger.setLevel(Level.TRACE);
		expectLeft("+ logger left.over=TRACE");
		logger.setLevel(null);
		awaitNotLeft("left.over");
	}

	@Test
	void stateOfTheThreadIsReportedUntilItIsCleared() {
		MDC.put("left", "over");
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("eve", "left"));
		Thread.currentThread().interrupt();
		List<String> changes = this.before.changes();
		assertThat(Thread.interrupted()).isTrue();
		SecurityContextHolder.clearContext();
		MDC.clear();
		assertThat(changes).contains("+ MDC: {left=over}", "+ interrupted: true")
			.anyMatch((change) -> change.startsWith("+ authentication: ") && change.contains("eve"));
		assertThat(this.before.changes())
			.noneMatch((change) -> change.contains("eve") || change.contains("interrupted"));
	}

	private void expectLeft(String... parts) {
		assertThat(this.before.changes()).anySatisfy((change) -> assertThat(change).contains(parts));
	}

	private void awaitNotLeft(String part) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.before.changes()).noneMatch((change) -> change.contains(part)));
	}

}
