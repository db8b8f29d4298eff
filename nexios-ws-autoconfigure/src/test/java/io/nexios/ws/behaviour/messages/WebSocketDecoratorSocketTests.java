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

package io.nexios.ws.behaviour.messages;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.nexios.ws.Acceptance;
import io.nexios.ws.JsonBinding;
import io.nexios.ws.WSHandler;
import io.nexios.ws.WSMessage;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDecorator;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What decorators see of a connection.
 *
 * @author Nexios Team
 */
class WebSocketDecoratorSocketTests {

	private static final ParameterizedTypeReference<String> STRING = new ParameterizedTypeReference<>() {
	};

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final List<String> seen = new CopyOnWriteArrayList<>();

	@RegisterExtension
	static final SocketServer server = new SocketServer(Routes.class);

	@BeforeEach
	void clear() {
		seen.clear();
	}

	// Sending

	static Stream<Named<WSHandler>> textSenders() {
		return Stream.of(sender("send", (ws) -> ws.send(new WSMessage.Text("\"a\""))),
				sender("sendText", (ws) -> ws.sendText("\"a\"")), sender("sendJson", (ws) -> ws.sendJson("a")),
				sender("sendJson of a type", (ws) -> ws.sendJson("a", STRING)),
				sender("Channel.sendText", (ws) -> Channel.of(ws).sendText("\"a\"")));
	}

	static Stream<Named<WSHandler>> binarySenders() {
		byte[] bytes = "\"a\"".getBytes(StandardCharsets.UTF_8);
		return Stream.of(sender("send", (ws) -> ws.send(new WSMessage.Bytes(bytes))),
				sender("sendBytes", (ws) -> ws.sendBytes(bytes)),
				sender("sendJsonBytes", (ws) -> ws.sendJsonBytes("a")),
				sender("sendJsonBytes of a type", (ws) -> ws.sendJsonBytes("a", STRING)),
				sender("Channel.sendBytes", (ws) -> Channel.of(ws).sendBytes(bytes)));
	}

	private static Named<WSHandler> sender(String name, WSHandler sender) {
		return Named.of(name, sender);
	}

	@ParameterizedTest
	@MethodSource("textSenders")
	void everyTextGoesThroughSend(WSHandler sender) {
		serveAccepted(SeesSent::new, sender);
		try (RawWs client = server.connect()) {
			client.expectText("\"a\", decorated");
			client.expectClose(1000);
			assertThat(seen).containsExactly("Text");
		}
	}

	@ParameterizedTest
	@MethodSource("binarySenders")
	void everyBinaryMessageGoesThroughSend(WSHandler sender) {
		serveAccepted(SeesSent::new, sender);
		try (RawWs client = server.connect()) {
			client.expectBinary("\"a\", decorated".getBytes(StandardCharsets.UTF_8));
			client.expectClose(1000);
			assertThat(seen).containsExactly("Bytes");
		}
	}

	@Test
	void jsonIsWrittenByTheDecoratorsBinding() {
		serveAccepted(Quoting::new, (ws) -> {
			ws.sendJson(1);
			ws.sendJsonBytes(ws.receiveJson(String.class));
		});
		try (RawWs client = server.connect()) {
			client.sendText("2");
			client.expectText("<1>");
			client.expectBinary("<read 2>".getBytes(StandardCharsets.UTF_8));
		}
	}

	// Receiving

	static Stream<Named<Function<WebSocket, Object>>> textReceivers() {
		return Stream.of(receiver("receive", (ws) -> ws.receive().asText()),
				receiver("receive in time", (ws) -> ws.receive(LONG).orElseThrow().asText()),
				receiver("receiveText", WebSocket::receiveText),
				receiver("receiveJson", (ws) -> ws.receiveJson(Integer.class)),
				receiver("receiveJson of a type", (ws) -> ws.receiveJson(new ParameterizedTypeReference<Integer>() {
				})), receiver("receiveJson in time", (ws) -> ws.receiveJson(Integer.class, LONG).orElseThrow()),
				receiver("receiveJson tree", WebSocket::receiveJson),
				receiver("messages", (ws) -> ws.messages().iterator().next().asText()),
				receiver("texts", (ws) -> ws.texts().iterator().next()),
				receiver("jsons", (ws) -> ws.jsons(Integer.class).iterator().next()),
				receiver("jsons of a type", (ws) -> ws.jsons(new ParameterizedTypeReference<Integer>() {
				}).iterator().next()), receiver("Channel.receive", (ws) -> Channel.of(ws).receive()),
				receiver("Channel.receiveText", (ws) -> Channel.of(ws).receiveText()));
	}

	static Stream<Named<Function<WebSocket, Object>>> binaryReceivers() {
		return Stream.of(receiver("receive", (ws) -> text(ws.receive().asBytes())),
				receiver("receiveBytes", (ws) -> text(ws.receiveBytes())),
				receiver("receiveJson", (ws) -> ws.receiveJson(Integer.class)),
				receiver("binaries", (ws) -> text(ws.binaries().iterator().next())),
				receiver("Channel.receiveBytes", (ws) -> text(Channel.of(ws).receiveBytes())));
	}

	private static Named<Function<WebSocket, Object>> receiver(String name, Function<WebSocket, Object> receiver) {
		return Named.of(name, receiver);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@MethodSource("textReceivers")
	void everyTextComesThroughReceive(Function<WebSocket, Object> receiver) {
		serveAccepted(SeesReceived::new, (ws) -> ws.sendText(receiver.apply(ws).toString()));
		try (RawWs client = server.connect()) {
			client.sendText("4");
			client.expectText("42");
			assertThat(seen).containsExactly("Text");
		}
	}

	@ParameterizedTest
	@MethodSource("binaryReceivers")
	void everyBinaryMessageComesThroughReceive(Function<WebSocket, Object> receiver) {
		serveAccepted(SeesReceived::new, (ws) -> ws.sendText(receiver.apply(ws).toString()));
		try (RawWs client = server.connect()) {
			client.sendBinary((byte) '4');
			client.expectText("42");
			assertThat(seen).containsExactly("Bytes");
		}
	}

	@Test
	void awaitDisconnectReceivesUntilTheEnd() {
		Outcome<?> outcome = serveAccepted(SeesReceived::new, WebSocket::awaitDisconnect);
		try (RawWs client = server.connect()) {
			client.send(RawFrame.text("a"), RawFrame.binary((byte) 1));
			client.leave();
			assertThat(outcome.get()).isNull();
			assertThat(seen).containsExactly("Text", "Bytes", "Disconnect");
		}
	}

	// Closing

	static Stream<Named<Consumer<WebSocket>>> closers() {
		return Stream.of(Named.of("close", WebSocket::close), Named.of("close with a code", (ws) -> ws.close(1000)),
				Named.of("close with a reason", (ws) -> ws.close(1000, "")),
				Named.of("send of a disconnect", (ws) -> ws.send(new WSMessage.Disconnect(1000, ""))),
				Named.of("Channel.close", (ws) -> Channel.of(ws).close()));
	}

	@ParameterizedTest
	@MethodSource("closers")
	void everyCloseGoesThroughCloseWithAReason(Consumer<WebSocket> closer) {
		serveAccepted(SeesClosed::new, closer::accept);
		try (RawWs client = server.connect()) {
			assertThat(client.expectClose(4000)).isEqualTo("decorated");
			assertThat(seen).containsExactly("1000");
		}
	}

	// The handshake

	static Stream<Named<Consumer<WebSocket>>> decisions() {
		return Stream.of(Named.of("accept", WebSocket::accept),
				Named.of("accept a subprotocol", (ws) -> ws.accept("chat")),
				Named.of("accept with a customizer", (ws) -> ws.accept((acceptance) -> {
				})));
	}

	@ParameterizedTest
	@MethodSource("decisions")
	void everyAcceptGoesThroughTheOneWithACustomizer(Consumer<WebSocket> decision) {
		server.serve((ws) -> decision.accept(new SeesDecision(ws)));
		try (RawWs client = server.handshake().headers("Sec-WebSocket-Protocol: chat").send()) {
			assertThat(client.status()).isEqualTo(101);
			assertThat(client.header("X-Decorated")).isEqualTo("true");
		}
	}

	static Stream<Named<Consumer<WebSocket>>> rejections() {
		return Stream.of(Named.of("status", (ws) -> ws.reject(HttpStatus.CONFLICT)),
				Named.of("problem", (ws) -> ws.reject(ProblemDetail.forStatus(HttpStatus.CONFLICT))),
				Named.of("response", (ws) -> ws.reject(ResponseEntity.status(HttpStatus.CONFLICT).build())));
	}

	@ParameterizedTest
	@MethodSource("rejections")
	void everyRejectGoesThroughTheOneWithAResponse(Consumer<WebSocket> decision) {
		server.serve((ws) -> decision.accept(new SeesDecision(ws)));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(409);
			assertThat(client.header("X-Decorated")).isEqualTo("true");
		}
	}

	// Channels and consumers

	@Test
	void channelOfADecoratorIsThatOfItsConnection() {
		ChannelBox channels = server.bean(ChannelBox.class);
		Outcome<?> outcome = server.serve((ws) -> {
			WebSocket decorated = new SeesSent(new WebSocketDecorator(ws));
			decorated.accept();
			Channel channel = Channel.of(decorated);
			assertThat(channel).isSameAs(Channel.of(ws));
			assertThat(channel.webSocket()).isSameAs(decorated);
			assertThat(channels.addChannelToGroup(channel, "decorated")).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
			Channel other = Channel.builder(decorated).payloadType(PayloadType.TEXT).build();
			assertThat(other.webSocket()).isSameAs(decorated);
			channel.send("by the channel");
			channels.groupSend("decorated", "by the group");
			channels.sendTo(other.id(), "by the id");
		});
		try (RawWs client = server.connect()) {
			client.expectText("\"by the channel\"");
			client.expectText("\"by the group\"");
			client.expectText("by the id");
			client.expectClose(1000);
			assertThat(outcome.get()).isNull();
			assertThat(seen).isEmpty();
		}
	}

	@Test
	void consumerIsServedThroughADecorator() {
		try (RawWs client = server.connect("/consumer")) {
			client.sendText("a");
			client.expectText("a, decorated");
			client.expectText("to all");
			client.leave();
			assertThat(seen).containsExactly("Text");
		}
	}

	private static Outcome<@Nullable Void> serveAccepted(Function<WebSocket, WebSocket> decorator, WSHandler handler) {
		return server.serve((ws) -> {
			ws.accept();
			handler.handle(decorator.apply(ws));
		});
	}

	private static final class SeesSent extends WebSocketDecorator {

		SeesSent(WebSocket delegate) {
			super(delegate);
		}

		@Override
		public void send(WSMessage message) {
			seen.add(message.getClass().getSimpleName());
			if (message instanceof WSMessage.Text text) {
				super.send(new WSMessage.Text(text.text() + ", decorated"));
			}
			else {
				byte[] bytes = (text(message.asBytes()) + ", decorated").getBytes(StandardCharsets.UTF_8);
				super.send(new WSMessage.Bytes(bytes));
			}
		}

	}

	private static final class SeesReceived extends WebSocketDecorator {

		SeesReceived(WebSocket delegate) {
			super(delegate);
		}

		@Override
		public WSMessage receive() {
			return decorated(super.receive());
		}

		@Override
		public Optional<WSMessage> receive(Duration timeout) {
			return super.receive(timeout).map(SeesReceived::decorated);
		}

		private static WSMessage decorated(WSMessage message) {
			seen.add(message.getClass().getSimpleName());
			if (message instanceof WSMessage.Text text) {
				return new WSMessage.Text(text.text() + "2");
			}
			return (message instanceof WSMessage.Bytes binary)
					? new WSMessage.Bytes((text(binary.bytes()) + "2").getBytes(StandardCharsets.UTF_8)) : message;
		}

	}

	private static final class SeesClosed extends WebSocketDecorator {

		SeesClosed(WebSocket delegate) {
			super(delegate);
		}

		@Override
		public void close(int code, String reason) {
			seen.add(String.valueOf(code));
			super.close(4000, reason + "decorated");
		}

	}

	private static final class SeesDecision extends WebSocketDecorator {

		SeesDecision(WebSocket delegate) {
			super(delegate);
		}

		@Override
		public void accept(Consumer<Acceptance> customizer) {
			super.accept((acceptance) -> {
				customizer.accept(acceptance);
				acceptance.header("X-Decorated", "true");
			});
		}

		@Override
		public void reject(ResponseEntity<?> response) {
			super.reject(ResponseEntity.status(response.getStatusCode()).header("X-Decorated", "true").build());
		}

	}

	private static final class Quoting extends WebSocketDecorator implements JsonBinding {

		Quoting(WebSocket delegate) {
			super(delegate);
		}

		@Override
		public JsonBinding json() {
			return this;
		}

		@Override
		public String encode(@Nullable Object value) {
			return "<" + value + ">";
		}

		@Override
		public byte[] encodeBytes(@Nullable Object value) {
			return encode(value).getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Object decode(WSMessage message, Type type) {
			return "read " + message.asText();
		}

	}

	private static final class Answering extends WebSocketConsumer<String> {

		@Override
		protected void onReceive(WebSocket ws, String data) {
			joinGroup("answering");
			ws.sendText(data);
			broadcast("answering", "to all");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		WSRouter consumer() {
			return new WSRouter().addWsMiddleware((ws, next) -> next.handle(new SeesSent(ws)))
				.addWsRoute(WebSocketConsumer.asRoute("/consumer", Answering::new));
		}

	}

}
