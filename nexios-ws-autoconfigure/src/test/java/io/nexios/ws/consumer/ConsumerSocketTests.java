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

package io.nexios.ws.consumer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WSRoute;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import io.nexios.ws.testsupport.SocketServer;
import org.aopalliance.intercept.MethodInterceptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Consumers over the network.
 *
 * @author Nexios Team
 */
@Timeout(60)
class ConsumerSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(Application.class);

	private static final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

	private static final List<String> calls = new CopyOnWriteArrayList<>();

	private static final Map<String, Signal> signals = new ConcurrentHashMap<>();

	private static final AtomicInteger open = new AtomicInteger();

	private static final AtomicInteger received = new AtomicInteger();

	@BeforeEach
	void forget() {
		Awaitility.await().until(() -> open.get() == 0);
		ends.clear();
		calls.clear();
		signals.clear();
		received.set(0);
		ProxiedConsumer.instances.set(0);
	}

	@Test
	void consumerThatServesAConnectionServesNoOther() {
		try (RawWs first = server.connect("/shared")) {
			first.sendText("one");
			first.expectText("one");
			try (RawWs second = server.handshake("/shared").send()) {
				assertThat(second.status()).isEqualTo(500);
			}
			first.sendText("two");
			first.expectText("two");
			first.leave();
		}
		try (RawWs third = server.handshake("/shared").send()) {
			assertThat(third.status()).isEqualTo(500);
		}
	}

	@Test
	void consumerSaysWhyItServesNoOther() {
		SharedConsumer shared = new SharedConsumer();
		shared.attach(mock(WebSocket.class), mock(ChannelBox.class));
		assertThatIllegalStateException().isThrownBy(() -> shared.attach(mock(WebSocket.class), mock(ChannelBox.class)))
			.withMessageContaining(SharedConsumer.class.getName())
			.withMessageContaining("every connection needs a consumer of its own");
	}

	// Types

	@ParameterizedTest
	@CsvSource({ "/text, ping, text ping", "/node, '{\"x\":1}', '{\"node\":{\"x\":1}}'",
			"/record, '{\"x\":1,\"y\":2}', '{\"x\":2,\"y\":1}'",
			"/list, '[{\"x\":1,\"y\":2}]', '[{\"x\":2,\"y\":1}]'" })
	void messagesAreDecodedToTheTypeOfTheConsumer(String path, String message, String answer) {
		try (RawWs client = server.connect(path)) {
			client.sendText(message);
			client.expectText(answer);
			if (!path.equals("/text")) {
				client.send(RawFrame.binary(message.getBytes(StandardCharsets.UTF_8)));
				client.expectText(answer);
			}
		}
	}

	@Test
	void bytesAreReceivedAndSentAsTheyAre() {
		try (RawWs client = server.connect("/bytes")) {
			client.sendBinary((byte) 1, (byte) 2);
			client.expectBinary((byte) 2, (byte) 1);
		}
	}

	// The end

	@ParameterizedTest
	@CsvSource({ "/record, text, {, 1007", "/record, text, \"{\"\"x\"\":\"\"no\"\"}\", 1007",
			"/record, text, null, 1007", "/text, binary, x, 1003", "/bytes, text, x, 1003", "/text, text, fail, 1011",
			"/text, text, fail 4003, 4003", "/text, text, close 4004, 4004", "/text, text, error, 1011" })
	void endHasTheCodeOfItsCause(String path, String kind, String message, int code) throws Exception {
		try (RawWs client = server.connect(path)) {
			if (kind.equals("text")) {
				client.send(RawFrame.text(message), RawFrame.text("more"));
			}
			else {
				client.sendBinary((byte) 1);
			}
			client.expectClose(code);
			client.sendClose(code, "");
			expectEndOnce(code);
			assertThat(calls).doesNotContain("more");
		}
	}

	@Test
	void endHasTheCodeOfThePeer() throws Exception {
		try (RawWs client = server.connect("/text")) {
			client.sendClose(4321, "bye");
			expectEndOnce(4321);
		}
	}

	@Test
	void endOfPeersThatVanishIs1006() throws Exception {
		RawWs reset = server.connect("/text");
		reset.sendText("ping");
		reset.expectText("text ping");
		reset.abort();
		expectEndOnce(1006);
	}

	@Test
	void endByAnotherThreadHasItsCode() throws Exception {
		try (RawWs client = server.connect("/text")) {
			client.sendText("id");
			String id = client.readText();
			server.bean(ChannelBox.class).closeAllConnections();
			client.expectClose(1001);
			client.sendClose(1001, "");
			expectEndOnce(1001);
			assertThat(server.bean(ChannelBox.class).sendTo(id, "x")).isFalse();
		}
	}

	@Test
	void rejectedConnectionHasNoEnd() {
		try (RawWs client = server.handshake("/rejecting").send()) {
			assertThat(client.status()).isEqualTo(403);
		}
		try (RawWs client = server.handshake("/failing").send()) {
			assertThat(client.status()).isEqualTo(500);
		}
		try (RawWs client = server.connect("/text")) {
			client.sendText("ping");
			client.expectText("text ping");
		}
		Awaitility.await().until(() -> !ends.isEmpty());
		assertThat(ends).hasSize(1);
	}

	@Test
	void failureAfterAcceptingEndsBeforeAnyMessage() throws Exception {
		for (int i = 0; i < 20; i++) {
			try (RawWs client = server.handshake("/late-failing").send()) {
				client.sendText("message");
				signal("late").fire();
				client.expectClose(1011);
				client.sendClose(1011, "");
				assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("1011");
				signals.clear();
			}
		}
		assertThat(calls).isEmpty();
	}

	@Test
	void failureInOnDisconnectHarmsNobody() throws Exception {
		try (RawWs client = server.connect("/text")) {
			client.sendText("fail at end");
			client.expectText("text fail at end");
			client.leave();
		}
		expectEndOnce(1000);
		try (RawWs client = server.connect("/text")) {
			client.sendText("ping");
			client.expectText("text ping");
		}
	}

	private static void expectEndOnce(int code) throws InterruptedException {
		assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(String.valueOf(code));
		try (RawWs other = server.connect("/text")) {
			other.sendClose(4999, "");
			assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("4999");
		}
	}

	// Callbacks

	@Test
	void receivingInACallbackIsAnError() {
		try (RawWs client = server.connect("/text")) {
			client.sendText("receive");
			client.expectText("IllegalStateException");
		}
	}

	@Test
	void callbacksComeOneAfterTheOther() {
		try (RawWs client = server.connect("/serial")) {
			for (int i = 0; i < 500; i++) {
				client.sendText(String.valueOf(i));
			}
			for (int i = 0; i < 500; i++) {
				client.expectText(i + " 1");
			}
		}
	}

	@Test
	void slowConsumerSlowsItsPeerDown() {
		String large = "x".repeat(10_000);
		try (RawWs client = server.connect("/slow")) {
			Flood flood = Flood.start(3_000, (i) -> client.sendText(large));
			assertThat(flood.awaitHalt()).isLessThan(2_500);
			assertThat(received).hasValue(1);
			signal("slow").fire();
			flood.awaitEnd();
			Awaitility.await().until(() -> received.get() == 3_000);
		}
	}

	@Test
	void callbackMayCloseAnotherConnection() throws Exception {
		try (RawWs first = server.connect("/text"); RawWs second = server.connect("/text")) {
			first.sendText("id");
			String id = first.readText();
			second.sendText("kick " + id);
			first.expectClose(4040);
			first.sendClose(4040, "");
			assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("4040");
			second.sendText("ping");
			second.expectText("text ping");
		}
	}

	@Test
	void groupsAreLeftAtTheEnd() {
		ChannelBox box = server.bean(ChannelBox.class);
		try (RawWs first = server.connect("/chat"); RawWs second = server.connect("/chat")) {
			Awaitility.await().until(() -> box.channels("chat").size() == 2);
			first.sendText("hi");
			first.expectText("hi of 2");
			second.expectText("hi of 2");
			second.sendText("leave");
			Awaitility.await().until(() -> box.channels("chat").size() == 1);
			second.sendText("bye");
			first.expectText("bye of 1");
			second.expectNothing();
		}
		Awaitility.await().until(() -> box.showGroups().isEmpty());
	}

	@Test
	void idleConsumersHoldNoThreads() {
		List<RawWs> idle = new ArrayList<>();
		try {
			for (int i = 0; i < 300; i++) {
				RawWs client = server.connect("/text");
				client.sendText("ping");
				client.expectText("text ping");
				idle.add(client);
			}
			assertThat(liveThreads("nexios-ws-")).isLessThan(120);
			idle.get(0).sendText("ping");
			idle.get(0).expectText("text ping");
		}
		finally {
			idle.forEach(RawWs::close);
		}
	}

	private static long liveThreads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(prefix))
			.count();
	}

	// Beans

	@Test
	void beanClassIsCreatedForEachConnectionCalledThroughItsProxyAndDestroyed() {
		try (RawWs first = server.connect("/bean"); RawWs second = server.connect("/bean")) {
			first.sendText("a");
			first.expectText("instance 1 injected a");
			second.sendText("b");
			second.expectText("instance 2 injected b");
			first.sendText("c");
			first.expectText("instance 1 injected c");
			assertThat(calls).filteredOn("proxy onReceive"::equals).hasSize(3);
			first.leave();
			Awaitility.await().until(() -> calls.contains("destroyed 1"));
			assertThat(calls).doesNotContain("destroyed 2");
			assertThat(calls.indexOf("disconnected 1")).isBetween(0, calls.indexOf("destroyed 1"));
			second.abort();
			Awaitility.await().until(() -> calls.contains("destroyed 2"));
		}
		assertThat(calls).filteredOn((call) -> call.startsWith("destroyed")).hasSize(2);
	}

	@Test
	void beanOfARejectedConnectionIsDestroyed() {
		try (RawWs client = server.handshake("/bean?reject=true").send()) {
			assertThat(client.status()).isEqualTo(403);
		}
		Awaitility.await().until(() -> calls.contains("destroyed 1"));
		assertThat(calls).doesNotContain("disconnected 1");
	}

	private static Signal signal(String name) {
		return signals.computeIfAbsent(name, (key) -> new Signal());
	}

	record Point(int x, int y) {

		Point swapped() {
			return new Point(this.y, this.x);
		}

	}

	abstract static class RecordedConsumer<T> extends WebSocketConsumer<T> {

		@Override
		protected void onConnect(WebSocket ws) throws Exception {
			ws.accept();
			open.incrementAndGet();
		}

		@Override
		protected void onDisconnect(WebSocket ws, int code) {
			ends.add(String.valueOf(code));
			open.decrementAndGet();
		}

	}

	static class TextConsumer extends RecordedConsumer<String> {

		private boolean failAtEnd;

		@Override
		protected void onReceive(WebSocket ws, String data) throws Exception {
			String[] words = data.split(" ");
			switch (words[0]) {
				case "more" -> calls.add("more");
				case "fail" -> fail(ws, words);
				case "error" -> throw new NoClassDefFoundError("on purpose");
				case "close" -> ws.close(Integer.parseInt(words[1]));
				case "id" -> ws.sendText(channel().id());
				case "kick" -> group("all").stream()
					.filter((channel) -> channel.id().equals(words[1]))
					.forEach((channel) -> channel.close(4040, "kicked"));
				case "receive" -> receive(ws);
				default -> ws.sendText("text " + data);
			}
		}

		private void fail(WebSocket ws, String[] words) {
			if (words.length == 1) {
				throw new IllegalArgumentException("on purpose");
			}
			if (words.length == 2) {
				throw new WebSocketException(Integer.parseInt(words[1]), "on purpose");
			}
			this.failAtEnd = true;
			ws.sendText("text fail at end");
		}

		private static void receive(WebSocket ws) {
			try {
				ws.receiveText();
			}
			catch (IllegalStateException ex) {
				ws.sendText("IllegalStateException");
			}
		}

		@Override
		protected void onConnect(WebSocket ws) throws Exception {
			super.onConnect(ws);
			joinGroup("all");
		}

		@Override
		protected void onDisconnect(WebSocket ws, int code) {
			super.onDisconnect(ws, code);
			if (this.failAtEnd) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

	static class BytesConsumer extends RecordedConsumer<byte[]> {

		@Override
		protected void onReceive(WebSocket ws, byte[] data) {
			byte[] reversed = data.clone();
			for (int i = 0; i < data.length; i++) {
				reversed[i] = data[data.length - 1 - i];
			}
			sendTo(channel().id(), reversed);
		}

	}

	static class NodeConsumer extends WebSocketConsumer<JsonNode> {

		@Override
		protected void onReceive(WebSocket ws, JsonNode data) {
			channel().send(Map.of("node", data));
		}

	}

	static class PointConsumer extends RecordedConsumer<Point> {

		@Override
		protected void onReceive(WebSocket ws, Point data) {
			channel().send(data.swapped());
		}

	}

	static class ListConsumer extends WebSocketConsumer<List<Point>> {

		@Override
		protected void onReceive(WebSocket ws, List<Point> data) {
			ws.sendJson(data.stream().map(Point::swapped).toList());
		}

	}

	static class RejectingConsumer extends TextConsumer {

		@Override
		protected void onConnect(WebSocket ws) {
			ws.reject(HttpStatus.FORBIDDEN);
		}

	}

	static class FailingConsumer extends TextConsumer {

		@Override
		protected void onConnect(WebSocket ws) {
			throw new IllegalStateException("on purpose");
		}

	}

	static class LateFailingConsumer extends TextConsumer {

		@Override
		protected void onConnect(WebSocket ws) {
			ws.accept();
			open.incrementAndGet();
			signal("late").await();
			throw new IllegalStateException("on purpose");
		}

		@Override
		protected void onReceive(WebSocket ws, String data) {
			calls.add("received");
		}

	}

	static class SerialConsumer extends WebSocketConsumer<String> {

		private final AtomicInteger inside = new AtomicInteger();

		@Override
		protected void onReceive(WebSocket ws, String data) {
			int count = this.inside.incrementAndGet();
			Thread.yield();
			ws.sendText(data + " " + count);
			this.inside.decrementAndGet();
		}

	}

	static class SlowConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onReceive(WebSocket ws, String data) {
			received.incrementAndGet();
			signal("slow").await();
		}

	}

	static class ChatConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onConnect(WebSocket ws) {
			ws.accept();
			joinGroup("chat");
		}

		@Override
		protected void onReceive(WebSocket ws, String data) {
			if (data.equals("leave")) {
				leaveGroup("chat");
			}
			else {
				broadcast("chat", data + " of " + group("chat").size());
			}
		}

	}

	@WSRoute("/bean")
	static class ProxiedConsumer extends WebSocketConsumer<String> {

		static final AtomicInteger instances = new AtomicInteger();

		private final int instance = instances.incrementAndGet();

		private final String injected;

		ProxiedConsumer(String injected) {
			this.injected = injected;
		}

		@Override
		protected void onConnect(WebSocket ws) {
			if (ws.queryParam("reject") != null) {
				ws.reject(HttpStatus.FORBIDDEN);
			}
			else {
				ws.accept();
				channel();
			}
		}

		@Override
		protected void onReceive(WebSocket ws, String data) {
			channel().send("instance " + this.instance + " " + this.injected + " " + data);
		}

		@Override
		protected void onDisconnect(WebSocket ws, int code) {
			calls.add("disconnected " + this.instance);
		}

		@jakarta.annotation.PreDestroy
		private void destroy() {
			calls.add("destroyed " + this.instance);
		}

	}

	static class SharedConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onReceive(WebSocket ws, String text) {
			channel().sendText(text);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ProxiedConsumer.class)
	static class Application {

		@Bean
		WebSocketRoute shared() {
			SharedConsumer shared = new SharedConsumer();
			return WebSocketConsumer.asRoute("/shared", () -> shared);
		}

		@Bean
		String injected() {
			return "injected";
		}

		@Bean
		static BeanPostProcessor proxies() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String beanName) {
					return (bean instanceof ProxiedConsumer) ? proxy(bean) : bean;
				}

			};
		}

		private static Object proxy(Object bean) {
			ProxyFactory factory = new ProxyFactory(bean);
			factory.setProxyTargetClass(true);
			factory.addAdvice((MethodInterceptor) (invocation) -> {
				calls.add("proxy " + invocation.getMethod().getName());
				return invocation.proceed();
			});
			return factory.getProxy();
		}

		@Bean
		WebSocketRoute text() {
			return WebSocketConsumer.asRoute("/text", TextConsumer::new);
		}

		@Bean
		WebSocketRoute bytes() {
			return WebSocketConsumer.asRoute("/bytes", BytesConsumer::new);
		}

		@Bean
		WebSocketRoute node() {
			return WebSocketConsumer.asRoute("/node", NodeConsumer::new);
		}

		@Bean
		WebSocketRoute point() {
			return WebSocketConsumer.asRoute("/record", PointConsumer::new);
		}

		@Bean
		WebSocketRoute list() {
			return WebSocketConsumer.asRoute("/list", ListConsumer::new);
		}

		@Bean
		WebSocketRoute rejecting() {
			return WebSocketConsumer.asRoute("/rejecting", RejectingConsumer::new);
		}

		@Bean
		WebSocketRoute failing() {
			return WebSocketConsumer.asRoute("/failing", FailingConsumer::new);
		}

		@Bean
		WebSocketRoute lateFailing() {
			return WebSocketConsumer.asRoute("/late-failing", LateFailingConsumer::new);
		}

		@Bean
		WebSocketRoute serial() {
			return WebSocketConsumer.asRoute("/serial", SerialConsumer::new);
		}

		@Bean
		WebSocketRoute slow() {
			return WebSocketConsumer.asRoute("/slow", SlowConsumer::new);
		}

		@Bean
		WebSocketRoute chat() {
			return WebSocketConsumer.asRoute("/chat", ChatConsumer::new);
		}

	}

}
