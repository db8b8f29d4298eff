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

package io.nexios.ws.behaviour.handshake;

import java.net.URI;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.HandlerSlot;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.UserFilter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The data of the handshake request that a connection provides.
 *
 * @author Nexios Team
 */
class RequestDataSocketTests {

	private static final String UUID_TEXT = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

	@RegisterExtension
	static final SocketServer server = new SocketServer(Routes.class, UserFilter.class);

	@Test
	void uriIsThatOfTheRequestWithWebSocketScheme() {
		WebSocket ws = connectAndEnd("/t?x=1&y=a%20b");
		assertThat(ws.uri()).isEqualTo(URI.create("ws://localhost:" + server.port() + "/t?x=1&y=a%20b"));
	}

	@Test
	void pathIsDecoded() {
		WebSocket ws = connectAndEnd("/room/caf%C3%A9%20noir/7?x=1");
		assertThat(ws.path()).isEqualTo("/room/café noir/7");
	}

	@Test
	void headersAreThoseOfTheRequest() {
		Outcome<?> outcome = acceptAndEnd();
		try (RawWs client = server.connect(SocketServer.ROUTE, "X-One: 1", "X-Two: a", "X-Two: b")) {
			client.expectClose(1000);
			WebSocket ws = outcome.webSocket();
			assertThat(ws.headers().getFirst("x-one")).isEqualTo("1");
			assertThat(ws.headers().get("X-Two")).containsExactly("a", "b");
			assertThat(ws.headers().getFirst("sec-websocket-version")).isEqualTo("13");
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> ws.headers().add("X-Three", "3"));
		}
	}

	@Test
	void queryParametersAreDecoded() {
		WebSocket ws = connectAndEnd("/t?a=1&a=2&b=x%26y%3Dz&c=h%C3%A9+llo&d&e=");
		assertThat(ws.queryParams().get("a")).containsExactly("1", "2");
		assertThat(ws.queryParam("a")).isEqualTo("1");
		assertThat(ws.queryParam("b")).isEqualTo("x&y=z");
		assertThat(ws.queryParam("c")).isEqualTo("hé llo");
		assertThat(ws.queryParams()).containsKey("d");
		assertThat(ws.queryParam("e")).isEmpty();
		assertThat(ws.queryParam("missing")).isNull();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> ws.queryParams().add("f", "1"));
	}

	@Test
	void requestWithoutQueryHasNoParameters() {
		WebSocket ws = connectAndEnd("/t");
		assertThat(ws.queryParams()).isEmpty();
		assertThat(ws.queryParam("a")).isNull();
		assertThat(ws.pathParams()).isEmpty();
	}

	@Test
	void pathParametersAreConverted() {
		WebSocket ws = connectAndEnd("/room/caf%C3%A9/7");
		assertThat(ws.pathParam("room")).isEqualTo("café");
		assertThat(ws.pathParam("id")).isEqualTo("7");
		assertThat(ws.pathParam("id", Integer.class)).isEqualTo(7);
		assertThat(ws.pathParam("id", Long.class)).isEqualTo(7L);
		assertThat(ws.pathParam("id", String.class)).isEqualTo("7");
		assertThat(ws.pathParams()).containsExactlyInAnyOrderEntriesOf(Map.of("room", "café", "id", 7));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> ws.pathParams().put("more", "x"));
	}

	@Test
	void pathParametersConvertToTypesOfTheApplication() {
		WebSocket ws = connectAndEnd("/kind/GREEN/" + UUID_TEXT);
		assertThat(ws.pathParam("colour", Colour.class)).isEqualTo(Colour.GREEN);
		assertThat(ws.pathParam("id", UUID.class)).isEqualTo(UUID.fromString(UUID_TEXT));
	}

	@Test
	void pathParameterThatIsUnknownOrDoesNotConvertIsRefused() {
		WebSocket ws = connectAndEnd("/room/lobby/7");
		assertThatIllegalArgumentException().isThrownBy(() -> ws.pathParam("missing")).withMessageContaining("missing");
		assertThatIllegalArgumentException().isThrownBy(() -> ws.pathParam("missing", Integer.class));
		assertThatIllegalArgumentException().isThrownBy(() -> ws.pathParam("room", Integer.class))
			.withMessageContaining("room");
	}

	@Test
	void principalIsThatOfTheRequest() {
		Outcome<?> outcome = acceptAndEnd();
		try (RawWs client = server.connect(SocketServer.ROUTE, "X-User: alice")) {
			client.expectClose(1000);
			Principal principal = outcome.webSocket().principal();
			assertThat(principal).isNotNull();
			assertThat(principal.getName()).isEqualTo("alice");
		}
		assertThat(connectAndEnd("/t").principal()).isNull();
	}

	@Test
	void remoteAddressIsThatOfTheClient() {
		Outcome<?> outcome = acceptAndEnd();
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			assertThat(outcome.webSocket().remoteAddress()).satisfies((address) -> {
				assertThat(address.getPort()).isEqualTo(client.localPort());
				assertThat(address.getAddress().isLoopbackAddress()).isTrue();
			});
		}
	}

	@Test
	void attributesBelongToTheConnection() {
		server.serve((ws) -> {
			assertThat(ws.attributes()).doesNotContainKey("count");
			ws.attributes().put("count", 1);
			ws.accept();
			ws.attributes().merge("count", 1, (a, b) -> (int) a + (int) b);
			ws.sendText(String.valueOf(ws.attributes().get("count")));
		});
		try (RawWs first = server.connect(); RawWs second = server.connect()) {
			first.expectText("2");
			second.expectText("2");
		}
	}

	@Test
	void attributesMayBeChangedByManyThreads() throws Exception {
		WebSocket ws = connectAndEnd("/t");
		List<Thread> threads = IntStream.range(0, 4)
			.mapToObj((n) -> new Thread(
					() -> IntStream.range(0, 1000).forEach((i) -> ws.attributes().put(n + ":" + i, i))))
			.toList();
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(ws.attributes()).hasSizeGreaterThanOrEqualTo(4000);
	}

	@Test
	void idsAreUniqueAndRandomInEveryPlace() {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			ids.add(connectAndEnd("/t").id());
		}
		assertThat(ids).doesNotHaveDuplicates();
		assertThat(ids).allSatisfy((id) -> assertThat(id).matches("[A-Za-z0-9_-]{22,64}"));
		int length = ids.stream().mapToInt(String::length).min().orElseThrow();
		for (int position = 0; position < length; position++) {
			int at = position;
			Set<Character> characters = ids.stream().map((id) -> id.charAt(at)).collect(Collectors.toSet());
			assertThat(characters).as("Characters at position %s", at).hasSizeGreaterThan(1);
		}
	}

	@Test
	void requestCanBeReadBeforeAcceptAndAfterTheEnd() {
		Outcome<Map<String, @Nullable Object>> before = server.evaluate((ws) -> {
			Map<String, @Nullable Object> data = describe(ws);
			ws.accept();
			assertThat(describe(ws)).isEqualTo(data);
			return data;
		});
		String target = "/room/caf%C3%A9/7?a=1&b=2";
		try (RawWs client = server.connect(target, "X-User: alice", "X-One: 1")) {
			client.expectClose(1000);
			client.sendClose(1000, "");
			before.closed();
		}
		reuseRequestsOfTheContainer();
		Map<String, @Nullable Object> after = describe(before.webSocket());
		assertThat(after).isEqualTo(before.get());
		assertThat(after).containsEntry("path", "/room/café/7").containsEntry("principal", "alice");
	}

	private void reuseRequestsOfTheContainer() {
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			ids.add(connectAndEnd("/room/other/" + i + "?c=3").id());
		}
		assertThat(ids).hasSize(20);
	}

	private Map<String, @Nullable Object> describe(WebSocket ws) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("id", ws.id());
		data.put("uri", ws.uri());
		data.put("path", ws.path());
		data.put("headers", ws.headers().toString());
		data.put("queryParams", Map.copyOf(ws.queryParams()));
		data.put("pathParams", Map.copyOf(ws.pathParams()));
		data.put("principal", (ws.principal() != null) ? ws.principal().getName() : null);
		data.put("remoteAddress", ws.remoteAddress());
		data.put("requestedSubprotocols", ws.requestedSubprotocols());
		return data;
	}

	private Outcome<@Nullable Void> acceptAndEnd() {
		return server.serve(WebSocket::accept);
	}

	private WebSocket connectAndEnd(String target) {
		Outcome<?> outcome = acceptAndEnd();
		try (RawWs client = server.connect(target)) {
			client.expectClose(1000);
			return outcome.webSocket();
		}
	}

	enum Colour {

		GREEN, RED

	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		WSRouter routes(HandlerSlot slot) {
			return new WSRouter().addWsRoute("/room/{room}/{id:int}", slot)
				.addWsRoute("/kind/{colour}/{id:uuid}", slot);
		}

	}

}
