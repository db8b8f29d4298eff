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

package io.nexios.ws.server.tomcat.readahead;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.WSRouter;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.tomcat.SocketReading;
import io.nexios.ws.server.tomcat.TomcatUpgradeHandler;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import io.nexios.ws.testsupport.UntestedTomcatConfiguration;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.Processor;
import org.apache.coyote.ProtocolHandler;
import org.apache.coyote.UpgradeToken;
import org.apache.coyote.http11.Http11Nio2Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ReadAheadExecutor}, and {@link ReadAhead} attached to a
 * {@link TomcatUpgradeHandler}.
 *
 * @author Nexios Team
 */
@Tag("tomcat-internals")
class ReadAheadExecutorTests {

	private final List<String> calls = new CopyOnWriteArrayList<>();

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
	@EnabledForJreRange(min = JRE.JAVA_21)
	void connectorWithoutAPollerStays() {
		ProtocolHandler handler = new Http11Nio2Protocol();
		Executor executor = new VirtualThreadExecutor("test-");
		handler.setExecutor(executor);
		ReadAheadExecutor.install(handler);
		assertThat(handler.getExecutor()).isSameAs(executor);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void dataOfAWebSocketIsReadBeforeItsTask() throws Exception {
		NioSocketWrapper socket = webSocket();
		execute(socket, SocketEvent.OPEN_READ);
		assertThat(this.calls).containsExactly("put back", "task");
	}

	@ParameterizedTest
	@EnabledForJreRange(min = JRE.JAVA_21)
	@EnumSource(mode = Mode.EXCLUDE, names = "OPEN_READ")
	void otherEventsOnlyHaveTheirTask(SocketEvent event) throws Exception {
		NioSocketWrapper socket = webSocket();
		execute(socket, event);
		assertThat(this.calls).containsExactly("task");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void httpConnectionOnlyHasItsTask() throws Exception {
		NioSocketWrapper socket = mock();
		given(socket.getCurrentProcessor()).willReturn(mock(Processor.class));
		execute(socket, SocketEvent.OPEN_READ);
		assertThat(this.calls).containsExactly("task");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void socketWithATaskAtWorkOnlyHasItsTask() throws Exception {
		NioSocketWrapper socket = mock();
		execute(socket, SocketEvent.OPEN_READ);
		assertThat(this.calls).containsExactly("task");
	}

	private void execute(NioSocketWrapper socket, SocketEvent event) throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		willAnswer((invocation) -> {
			this.calls.add("put back");
			return null;
		}).given(socket).registerReadInterest();
		ProtocolHandler handler = new Http11NioProtocol();
		handler.setExecutor(new VirtualThreadExecutor("test-"));
		ReadAheadExecutor.install(handler);
		given(socket.getLock()).willReturn(new ReentrantLock());
		handler.getExecutor().execute(new SocketProcessorBase<>(socket, event) {
			@Override
			protected void doRun() {
				ReadAheadExecutorTests.this.calls.add("task");
				done.countDown();
			}
		});
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	private NioSocketWrapper webSocket() throws IOException {
		NioSocketWrapper socket = mock();
		given(socket.getSocket()).willReturn(mock(NioChannel.class));
		given(socket.isReadyForRead()).willReturn(true);
		TomcatUpgradeHandler handler = handlerOf(socket);
		SocketReading reading = handler.reading();
		assertThat(reading).isNotNull();
		// The task that upgrades and the task of the first message
		reading.process(() -> SocketState.UPGRADED);
		reading.process(() -> SocketState.UPGRADED);
		Processor processor = mock();
		given(processor.isUpgrade()).willReturn(true);
		given(processor.getUpgradeToken()).willReturn(new UpgradeToken(handler, null, null, "websocket"));
		given(socket.getCurrentProcessor()).willReturn(processor);
		return socket;
	}

	@Test
	void plainSocketIsReadAhead() {
		assertThat(handlerOf(mock(NioChannel.class)).reading()).isNotNull();
	}

	@Test
	void socketWithTlsIsNotReadAhead() {
		assertThat(handlerOf(mock(SecureNioChannel.class)).reading()).isNull();
	}

	@Test
	void socketOfAnotherEndpointIsNotReadAhead() {
		assertThat(handlerOf(mock(SocketWrapperBase.class)).reading()).isNull();
	}

	private static TomcatUpgradeHandler handlerOf(NioChannel channel) {
		NioSocketWrapper socket = mock();
		given(socket.getSocket()).willReturn(channel);
		return handlerOf(socket);
	}

	private static TomcatUpgradeHandler handlerOf(SocketWrapperBase<?> socket) {
		TomcatUpgradeHandler handler = new TomcatUpgradeHandler();
		handler.attach(ReadAhead::of);
		handler.setSocketWrapper(socket);
		return handler;
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void socketStaysInTheSelectorWhileItsTaskIsKept() {
		try (TestServer server = TestServer.start(Echo.class, "spring.threads.virtual.enabled=true",
				"nexios.ws.inbound.max-messages=1"); RawWs client = server.connect("/busy")) {
			keepTask(server, client);
			Awaitility.await().untilAsserted(() -> assertThat(isInTheSelector(server)).isTrue());
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void socketIsOutOfTheSelectorWhileItsTaskIsKeptByTomcatAlone() {
		try (TestServer server = TestServer.start(Echo.class, "spring.threads.virtual.enabled=true",
				"nexios.ws.inbound.max-messages=1", "nexios.ws.tomcat.read-ahead=false");
				RawWs client = server.connect("/busy")) {
			keepTask(server, client);
			assertThat(isInTheSelector(server)).isFalse();
		}
	}

	private static void keepTask(TestServer server, RawWs client) {
		// Otherwise the kept task would be the one that upgrades, or the one of the first
		// message
		Awaitility.await().untilAsserted(() -> assertThat(isInTheSelector(server)).isTrue());
		client.sendText("first");
		client.expectText("busy");
		Awaitility.await().untilAsserted(() -> assertThat(isInTheSelector(server)).isTrue());
		client.sendText("one more than the handler receives");
		ConnectionRegistry connections = server.bean(ConnectionRegistry.class);
		Awaitility.await()
			.untilAsserted(() -> assertThat(connections.infos("", 1)).singleElement()
				.satisfies((info) -> assertThat(info.inbound().paused()).isTrue()));
	}

	private static boolean isInTheSelector(TestServer server) {
		return socket(server).interestOpsHas(SelectionKey.OP_READ);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void serverDoesNotReadAheadIfItIsNotTo() {
		try (TestServer server = TestServer.start(Echo.class, "spring.threads.virtual.enabled=true",
				"nexios.ws.tomcat.read-ahead=false"); RawWs client = server.connect("/echo")) {
			client.sendText("message");
			client.expectText("message");
			assertThat(protocolHandler(server).getExecutor()).isInstanceOf(VirtualThreadExecutor.class);
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void serverOfAnUntestedVersionDoesNotReadAhead() {
		try (TestServer server = TestServer.start(List.of(Echo.class, UntestedTomcatConfiguration.class),
				"spring.threads.virtual.enabled=true"); RawWs client = server.connect("/echo")) {
			client.sendText("message");
			client.expectText("message");
			assertThat(protocolHandler(server).getExecutor()).isInstanceOf(VirtualThreadExecutor.class);
		}
	}

	@Test
	void serverWithPlatformThreadsDoesNotReadAhead() {
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

	private static NioSocketWrapper socket(TestServer server) {
		NioEndpoint endpoint = (NioEndpoint) ReflectionTestUtils.getField(protocolHandler(server), "endpoint");
		assertThat(endpoint).isNotNull();
		assertThat(endpoint.getConnections()).hasSize(1);
		return (NioSocketWrapper) endpoint.getConnections().iterator().next();
	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		WSRouter echo() {
			return new WSRouter().addWsRoute("/echo", (ws) -> {
				ws.accept();
				ws.texts().forEach(ws::sendText);
			}).addWsRoute("/busy", (ws) -> {
				ws.accept();
				ws.receiveText();
				ws.sendText("busy");
				ws.closed().toCompletableFuture().join();
			});
		}

	}

}
