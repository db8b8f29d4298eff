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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WSMessage;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDecorator;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.testsupport.HandlerSlot;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the server overrides does the same as the defaults of {@link WebSocket}, which a
 * plain {@link WebSocketDecorator} has.
 *
 * @author Nexios Team
 */
class WebSocketDefaultsSocketTests {

	private static final ParameterizedTypeReference<Map<String, Integer>> COUNTS = new ParameterizedTypeReference<>() {
	};

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final List<RawFrame> INPUTS = List.of(RawFrame.text("{\"a\":1}"),
			RawFrame.of(RawFrame.BINARY, "{\"a\":1}"), RawFrame.text("{\"a\":\"b\"}"), RawFrame.text("grün"),
			RawFrame.binary((byte) 0xFF), RawFrame.text("null"), RawFrame.text(""));

	@RegisterExtension
	static final SocketServer server = new SocketServer(Routes.class);

	static Stream<Operation> receiving() {
		return Stream.of(new Operation("receive", WebSocket::receive),
				new Operation("receive in time", (ws) -> ws.receive(LONG)),
				new Operation("receiveText", WebSocket::receiveText),
				new Operation("receiveBytes", WebSocket::receiveBytes),
				new Operation("receiveJson", (ws) -> ws.receiveJson(Count.class)),
				new Operation("receiveJson of a type", (ws) -> ws.receiveJson(COUNTS)),
				new Operation("receiveJson in time", (ws) -> ws.receiveJson(Count.class, LONG)),
				new Operation("receiveJson tree", WebSocket::receiveJson),
				new Operation("messages", (ws) -> all(ws.messages())), new Operation("texts", (ws) -> all(ws.texts())),
				new Operation("binaries", (ws) -> all(ws.binaries())),
				new Operation("jsons", (ws) -> all(ws.jsons(Count.class))),
				new Operation("jsons of a type", (ws) -> all(ws.jsons(COUNTS))),
				new Operation("awaitDisconnect", voidly(WebSocket::awaitDisconnect)));
	}

	private static List<Object> all(Iterable<?> iterable) {
		List<Object> all = new ArrayList<>();
		iterable.forEach(all::add);
		return all;
	}

	static Stream<Operation> sending() {
		return Stream.of(new Operation("send text", voidly((ws) -> ws.send(new WSMessage.Text("a")))),
				new Operation("send bytes", voidly((ws) -> ws.send(new WSMessage.Bytes(new byte[] { 1 })))),
				new Operation("sendText", voidly((ws) -> ws.sendText("grün"))),
				new Operation("sendText unpaired", voidly((ws) -> ws.sendText("a\uD83Db"))),
				new Operation("sendText null", voidly((ws) -> ws.sendText(nothing()))),
				new Operation("sendBytes", voidly((ws) -> ws.sendBytes(new byte[] { 1, 2 }))),
				new Operation("sendBytes null", voidly((ws) -> ws.sendBytes(nothing()))),
				new Operation("sendBytes changed afterwards", voidly(WebSocketDefaultsSocketTests::sendAndChange)),
				new Operation("sendJson", voidly((ws) -> ws.sendJson(new Count(1)))),
				new Operation("sendJson unpaired", voidly((ws) -> ws.sendJson("a\uD83Db"))),
				new Operation("sendJson null", voidly((ws) -> ws.sendJson(nothing()))),
				new Operation("sendJson unwritable", voidly((ws) -> ws.sendJson(new Unwritable("x")))),
				new Operation("sendJson of a type", voidly((ws) -> ws.sendJson(Map.of("a", 1), COUNTS))),
				new Operation("sendJson of another type", voidly((ws) -> ws.sendJson("a", COUNTS))),
				new Operation("sendJsonBytes", voidly((ws) -> ws.sendJsonBytes(new Count(1)))),
				new Operation("sendJsonBytes unpaired", voidly((ws) -> ws.sendJsonBytes("a\uD83Db"))),
				new Operation("sendJsonBytes unwritable", voidly((ws) -> ws.sendJsonBytes(new Unwritable("x")))),
				new Operation("sendJsonBytes of a type", voidly((ws) -> ws.sendJsonBytes(Map.of("a", 1), COUNTS))),
				new Operation("ping", voidly(WebSocket::ping)));
	}

	private static void sendAndChange(WebSocket ws) {
		byte[] bytes = { 1, 2 };
		ws.sendBytes(bytes);
		bytes[0] = 3;
	}

	@SuppressWarnings({ "unchecked", "NullAway", "TypeParameterUnusedInFormals" })
	private static <T> T nothing() {
		return (T) Optional.empty().orElse(null);
	}

	static Stream<Operation> closing() {
		return Stream.of(new Operation("close", voidly(WebSocket::close)),
				new Operation("close with a code", voidly((ws) -> ws.close(4000))),
				new Operation("close with a code that cannot be sent", voidly((ws) -> ws.close(1006))),
				new Operation("close with a reason", voidly((ws) -> ws.close(4000, "ü".repeat(100)))),
				new Operation("close with a code that cannot be sent and a reason", voidly((ws) -> ws.close(999, "x"))),
				new Operation("close without a reason", voidly((ws) -> ws.close(4000, nothing()))),
				new Operation("send the end", voidly((ws) -> ws.send(new WSMessage.Disconnect(4000, "x")))),
				new Operation("send an end that cannot be sent",
						voidly((ws) -> ws.send(new WSMessage.Disconnect(1006, "x")))));
	}

	static Stream<Operation> asking() {
		return Stream.of(new Operation("requestedSubprotocols", WebSocket::requestedSubprotocols),
				new Operation("receive in no time", (ws) -> ws.receive(Duration.ZERO)),
				new Operation("receiveJson in no time", (ws) -> ws.receiveJson(Count.class, Duration.ZERO)),
				new Operation("isConnected", WebSocket::isConnected),
				new Operation("clientState", WebSocket::clientState),
				new Operation("applicationState", WebSocket::applicationState), new Operation("path", WebSocket::path),
				new Operation("uri", WebSocket::uri), new Operation("headers", (ws) -> ws.headers().headerNames()),
				new Operation("queryParams", WebSocket::queryParams),
				new Operation("queryParam", (ws) -> ws.queryParam("q")),
				new Operation("queryParam unknown", (ws) -> ws.queryParam("r")),
				new Operation("pathParam", (ws) -> ws.pathParam("id")),
				new Operation("pathParam unknown", (ws) -> ws.pathParam("other")),
				new Operation("pathParam converted", (ws) -> ws.pathParam("id", Long.class)),
				new Operation("pathParam that does not convert", (ws) -> ws.pathParam("id", UUID.class)),
				new Operation("pathParam unknown and converted", (ws) -> ws.pathParam("other", Long.class)),
				new Operation("pathParams", WebSocket::pathParams), new Operation("principal", WebSocket::principal),
				new Operation("subprotocol", WebSocket::subprotocol),
				new Operation("attributes", WebSocket::attributes));
	}

	static Stream<Operation> deciding() {
		return Stream.of(new Operation("accept", voidly(WebSocket::accept)),
				new Operation("accept a subprotocol", voidly((ws) -> ws.accept("chat"))),
				new Operation("accept another subprotocol", voidly((ws) -> ws.accept("other"))),
				new Operation("accept a header", voidly((ws) -> ws.accept((spec) -> spec.header("X-A", "b")))),
				new Operation("accept twice", voidly((ws) -> {
					ws.accept();
					ws.accept("chat");
				})), new Operation("reject with a status", voidly((ws) -> ws.reject(HttpStatus.CONFLICT))),
				new Operation("reject with a status of its own",
						voidly((ws) -> ws.reject(HttpStatusCode.valueOf(499)))),
				new Operation("reject with an informational status", voidly((ws) -> ws.reject(HttpStatus.EARLY_HINTS))),
				new Operation("reject with a problem",
						voidly((ws) -> ws.reject(ProblemDetail.forStatusAndDetail(HttpStatus.GONE, "too late")))),
				new Operation("reject with a response",
						voidly((ws) -> ws.reject(ResponseEntity.badRequest().header("X-A", "b").body("no")))),
				new Operation("reject twice", voidly((ws) -> {
					ws.reject(HttpStatus.CONFLICT);
					ws.reject(ProblemDetail.forStatus(HttpStatus.GONE));
				})));
	}

	static Stream<Operation> undecided() {
		return Stream.of(deciding(), asking(), sending(), receiving(), closing()).flatMap((operations) -> operations);
	}

	static Stream<Operation> accepted() {
		return Stream.of(asking(), sending(), closing()).flatMap((operations) -> operations);
	}

	static Stream<Operation> closed() {
		return Stream.of(sending(), closing()).flatMap((operations) -> operations);
	}

	@ParameterizedTest
	@MethodSource("undecided")
	void sameBeforeTheDecision(Operation operation) {
		assertSame(operation);
	}

	@ParameterizedTest
	@MethodSource("accepted")
	void sameAfterTheDecision(Operation operation) {
		assertSame(operation.after(WebSocket::accept));
	}

	@ParameterizedTest
	@MethodSource("closed")
	void sameAfterTheClose(Operation operation) {
		assertSame(operation.after((ws) -> {
			ws.accept();
			ws.close(4001, "closed before");
		}));
	}

	@ParameterizedTest
	@MethodSource("receiving")
	void sameForAllKindsOfMessages(Operation operation) {
		for (RawFrame input : INPUTS) {
			assertSame(operation.after(WebSocket::accept), input, RawFrame.close(4001, "bye"));
		}
	}

	@ParameterizedTest
	@MethodSource("receiving")
	void sameForTheEnd(Operation operation) {
		assertSame(operation.after(WebSocket::accept), RawFrame.close(4001, "bye"));
	}

	@ParameterizedTest
	@MethodSource("receiving")
	void sameAfterTheEnd(Operation operation) {
		assertSame(operation.after((ws) -> {
			ws.accept();
			ws.awaitDisconnect();
		}), RawFrame.close(4001, "bye"));
	}

	private static void assertSame(Operation operation, RawFrame... input) {
		assertThat(transcript(operation, WebSocketDecorator::new, input))
			.isEqualTo(transcript(operation, UnaryOperator.identity(), input));
	}

	private static List<String> transcript(Operation operation, UnaryOperator<WebSocket> wrapping, RawFrame... input) {
		List<String> transcript = new ArrayList<>();
		Outcome<String> outcome = server.evaluate((ws) -> operation.result(wrapping.apply(ws)));
		try (RawWs client = server.handshake("/same/7?q=1&q=2").headers("Sec-WebSocket-Protocol: chat").send()) {
			transcript
				.add(client.status() + " " + client.header("Sec-WebSocket-Protocol") + " " + client.header("X-A"));
			if (client.status() == HttpStatus.SWITCHING_PROTOCOLS.value()) {
				client.send(input);
				// If the client closes, too, chance decides who is first
				transcript.addAll((input.length > 0) ? List.of() : framesToTheClose(client));
			}
			else {
				transcript.add(client.header(HttpHeaders.CONTENT_TYPE) + " " + client.body());
			}
			transcript.add(outcome.get());
		}
		return transcript;
	}

	private static List<String> framesToTheClose(RawWs client) {
		List<String> frames = new ArrayList<>();
		RawFrame frame;
		do {
			frame = client.readFrame();
			frames.add(frame.opcode() + " " + Arrays.toString(frame.payload()));
		}
		while (frame.opcode() != RawFrame.CLOSE);
		return frames;
	}

	private static Call voidly(WSHandler handler) {
		return (ws) -> {
			handler.handle(ws);
			return null;
		};
	}

	record Count(int a) {
	}

	record Unwritable(String value) {

		@Override
		public String value() {
			throw new UnsupportedOperationException("expected by the test");
		}

	}

	/**
	 * Something that one does with a connection.
	 *
	 * @param name the name
	 * @param call what is done
	 */
	record Operation(String name, Call call) {

		Operation after(WSHandler before) {
			return new Operation(this.name, (ws) -> {
				before.handle(ws);
				return this.call.on(ws);
			});
		}

		String result(WebSocket ws) {
			try {
				return described(this.call.on(ws));
			}
			catch (Throwable ex) {
				return described(ex);
			}
		}

		private static String described(@Nullable Object result) {
			if (result instanceof WSMessage.Bytes message) {
				return described(message.bytes());
			}
			if (result instanceof List<?> list) {
				return list.stream().map(Operation::described).toList().toString();
			}
			if (result instanceof Optional<?> optional) {
				return optional.map(Operation::described).toString();
			}
			return (result instanceof byte[] bytes) ? Arrays.toString(bytes) : String.valueOf(result);
		}

		private static String described(Throwable failure) {
			Throwable cause = failure.getCause();
			return failure + ((failure instanceof WebSocketDisconnect end) ? " " + end.code() + " " + end.reason() : "")
					+ ((failure instanceof WebSocketException end) ? " " + end.code() : "")
					+ ((cause != null) ? ", because of " + cause : "");
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/**
	 * Does something with a connection.
	 */
	@FunctionalInterface
	interface Call {

		@Nullable Object on(WebSocket ws) throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		WSRouter same(HandlerSlot slot) {
			return new WSRouter().addWsRoute("/same/{id:int}", slot);
		}

	}

}
