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

package io.nexios.ws.server.tomcat;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.apache.tomcat.websocket.BackgroundProcessManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tomcat's background thread for WebSockets, which runs as long as there are background
 * processes.
 *
 * @author Nexios Team
 */
class TomcatBackgroundThreadTests {

	private final Set<Object> before = processes();

	@Test
	void threadIsKeptBetweenConnectionsAndReleasedWithTheServer() {
		try (TestServer server = TestServer.start(Routes.class)) {
			assertThat(added()).isEmpty();
			try (RawWs client = server.connect("/once")) {
				assertThat(client.readText()).isEqualTo("hello");
				// Tomcat registers a session only after it has reported the session
				awaitAdded(2);
			}
			awaitAdded(1);
		}
		awaitAdded(0);
	}

	private void awaitAdded(int expected) {
		Awaitility.await().untilAsserted(() -> assertThat(added()).hasSize(expected));
	}

	// Compared by identity, because earlier processes may end meanwhile
	private Set<Object> added() {
		Set<Object> added = processes();
		added.removeAll(this.before);
		return added;
	}

	private static Set<Object> processes() {
		synchronized (field("processesLock")) {
			return new HashSet<>((Set<?>) field("processes"));
		}
	}

	private static Object field(String name) {
		return Objects.requireNonNull(ReflectionTestUtils.getField(BackgroundProcessManager.getInstance(), name));
	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/once", (ws) -> {
				ws.accept();
				ws.sendText("hello");
				ws.awaitDisconnect();
			});
		}

	}

}
