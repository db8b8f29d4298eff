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

import io.nexios.ws.server.jetty.JettyListener;
import io.nexios.ws.testsupport.TestServer;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Verifies that the tests of this module run on Jetty.
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

	@Test
	void listenerIsCallableInNativeImages() {
		RuntimeHints hints = new RuntimeHints();
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.forEach((registrar) -> registrar.registerHints(hints, getClass().getClassLoader()));
		ReflectionHintsPredicates reflection = RuntimeHintsPredicates.reflection();
		assertThat(reflection.onMethodInvocation(JettyListener.class, "onWebSocketOpen")).accepts(hints);
		assertThat(reflection.onMethodInvocation(Session.Listener.class, "onWebSocketText")).accepts(hints);
	}

	@Configuration(proxyBeanMethods = false)
	static class EmptyConfiguration {

	}

}
