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

package io.nexios.ws.jetty;

import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes sure that the tests of this module really run on Jetty.
 *
 * @author Nexios Team
 */
class JettyTests {

	@Test
	void serverIsJetty() {
		try (TestServer server = TestServer.start(EmptyConfiguration.class)) {
			assertThat(server.context().getWebServer()).isInstanceOf(JettyWebServer.class);
		}
	}

	@Test
	void tomcatIsNotOnClasspath() {
		assertThat(ClassUtils.isPresent("org.apache.catalina.startup.Tomcat", null)).isFalse();
		assertThat(ClassUtils.isPresent("org.apache.tomcat.websocket.WsSession", null)).isFalse();
	}

	@Test
	void jettysOwnWebSocketApiIsOnClasspath() {
		assertThat(ClassUtils.isPresent("org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer", null))
			.isTrue();
	}

	@Configuration(proxyBeanMethods = false)
	static class EmptyConfiguration {

	}

}
