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

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.Processor;
import org.apache.coyote.ProtocolHandler;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ReadAheadExecutor} and {@link ReadAheadUpgradeHandler}.
 *
 * @author Nexios Team
 */
class ReadAheadExecutorTests {

	@Test
	void connectorWithoutAnExecutorStays() {
		ProtocolHandler handler = new Http11NioProtocol();
		ReadAheadExecutor.install(handler);
		assertThat(handler.getExecutor()).isNull();
	}

	@Test
	void connectorWithPlatformThreadsStays() {
		ProtocolHandler handler = new Http11NioProtocol();
		Executor executor = Executors.newSingleThreadExecutor();
		handler.setExecutor(executor);
		ReadAheadExecutor.install(handler);
		assertThat(handler.getExecutor()).isSameAs(executor);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void connectorWithVirtualThreadsReadsAhead() {
		ProtocolHandler handler = new Http11NioProtocol();
		handler.setExecutor(new VirtualThreadExecutor("test-"));
		ReadAheadExecutor.install(handler);
		assertThat(handler.getExecutor()).isInstanceOf(ReadAheadExecutor.class);
	}

	@Test
	void plainSocketIsReadAhead() {
		assertThat(handlerOf(mock(NioChannel.class)).readAhead()).isNotNull();
	}

	@Test
	void socketWithTlsIsNot() {
		assertThat(handlerOf(mock(SecureNioChannel.class)).readAhead()).isNull();
	}

	@Test
	void socketOfAnotherEndpointIsNot() {
		ReadAheadUpgradeHandler handler = new ReadAheadUpgradeHandler();
		handler.setSocketWrapper(mock(SocketWrapperBase.class));
		assertThat(handler.readAhead()).isNull();
	}

	private static ReadAheadUpgradeHandler handlerOf(NioChannel channel) {
		NioSocketWrapper socket = mock();
		given(socket.getSocket()).willReturn(channel);
		ReadAheadUpgradeHandler handler = new ReadAheadUpgradeHandler();
		handler.setSocketWrapper(socket);
		return handler;
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void serverReadsAheadForItsConnections() {
		try (TestServer server = TestServer.start(Echo.class, "spring.threads.virtual.enabled=true");
				RawWs client = server.connect("/echo")) {
			for (int i = 0; i < 100; i++) {
				client.sendText("message " + i);
				client.expectText("message " + i);
			}
			assertThat(protocolHandler(server).getExecutor()).isInstanceOf(ReadAheadExecutor.class);
			assertThat(socket(server).getCurrentProcessor()).isInstanceOfSatisfying(Processor.class,
					(processor) -> assertThat(processor.getUpgradeToken().httpUpgradeHandler()).isInstanceOfSatisfying(
							ReadAheadUpgradeHandler.class, (handler) -> assertThat(handler.readAhead()).isNotNull()));
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void serverDoesNotIfItIsNotTo() {
		try (TestServer server = TestServer.start(Echo.class, "spring.threads.virtual.enabled=true",
				"nexios.ws.tomcat.read-ahead=false"); RawWs client = server.connect("/echo")) {
			client.sendText("message");
			client.expectText("message");
			assertThat(protocolHandler(server).getExecutor()).isInstanceOf(VirtualThreadExecutor.class);
		}
	}

	@Test
	void serverWithPlatformThreadsDoesNot() {
		try (TestServer server = TestServer.start(Echo.class); RawWs client = server.connect("/echo")) {
			client.sendText("message");
			client.expectText("message");
			assertThat(protocolHandler(server).getExecutor()).isNotInstanceOf(ReadAheadExecutor.class);
		}
	}

	private static AbstractProtocol<?> protocolHandler(TestServer server) {
		TomcatWebServer webServer = (TomcatWebServer) server.context().getWebServer();
		assertThat(webServer).isNotNull();
		return (AbstractProtocol<?>) webServer.getTomcat().getConnector().getProtocolHandler();
	}

	private static SocketWrapperBase<?> socket(TestServer server) {
		NioEndpoint endpoint = (NioEndpoint) ReflectionTestUtils.getField(protocolHandler(server), "endpoint");
		assertThat(endpoint).isNotNull();
		assertThat(endpoint.getConnections()).hasSize(1);
		return endpoint.getConnections().iterator().next();
	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		WSRouter echo() {
			return new WSRouter().addWsRoute("/echo", (ws) -> {
				ws.accept();
				ws.texts().forEach(ws::sendText);
			});
		}

	}

}
