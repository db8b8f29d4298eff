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

package io.nexios.ws.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.testsupport.HashCollisions;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JSON that is more expensive to parse than to send. The result is a value or 1007.
 *
 * @author Nexios Team
 */
class JsonAttackSocketTests {

	private static final String VALUE = "value";

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer(JsonRoutes.class);

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"a\":", "[{\"a\":", "[[],", "\"", "{\"a\":{},\"b\":" })
	void deepNestingIs1007(String level) {
		String json = level.repeat(100_000 / level.length());
		everywhere(RawFrame.text(json), 1007);
		everywhere(RawFrame.of(RawFrame.BINARY, json), 1007);
	}

	@Test
	void thousandLevelsThatAreClosedAreAValueOr1007() {
		everywhere(RawFrame.text("[".repeat(400) + "]".repeat(400)), 1007, 0);
		everywhere(RawFrame.text("[".repeat(50_000) + "]".repeat(50_000)), 1007);
	}

	@Test
	void hugeNumbersAreAValueOr1007() {
		for (String number : List.of("9".repeat(900), "9".repeat(100_000), "-" + "9".repeat(100_000),
				"0." + "9".repeat(100_000), "1e999999999", "1e-999999999", "1e99999999999999999999", "-0", "1E+400",
				"1.7976931348623157e309", "123456789012345678901234567890")) {
			everywhere(RawFrame.text(number), 1007, 0);
			everywhere(RawFrame.text("{\"number\":" + number + ",\"text\":\"x\"}"), 1007, 0);
		}
	}

	@Test
	void hundredThousandKeysAreAValueOr1007() {
		everywhere(RawFrame.text(object(IntStream.range(0, 80_000).mapToObj(Integer::toString).toList())), 1007, 0);
	}

	@Test
	void keysOfTheSameHashAreAValueOr1007() {
		List<String> keys = HashCollisions.names(1 << 13);
		everywhere(RawFrame.text(object(keys)), 1007, 0);
	}

	private static String object(List<String> keys) {
		return keys.stream().map((key) -> "\"" + key + "\":1").collect(Collectors.joining(",", "{", "}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "}", "]", "nul", "NaN", "Infinity", "'a'", "{a:1}", "[1,]", "{\"a\":1,}",
			"//", "/**/", "1 2", "{}{}", "\"\\u00\"", "\"\\ud800\"", "\"\u0001\"", "\ufeff{}", "{\"a\"}", "+1", "01",
			".5", "5.", "{\"number\":1,\"number\":\"x\"}", "{\"number\":{\"number\":1}}", "{\"text\":[[[[1]]]]}",
			"{\"@class\":\"java.lang.Runtime\"}", "[\"java.util.Date\",1]", "{\"__proto__\":1}" })
	void oddJsonIsAValueOr1007(String json) {
		everywhere(RawFrame.text(json), 1007, 0);
		everywhere(RawFrame.of(RawFrame.BINARY, json), 1007, 0);
	}

	@Test
	void randomChangesOfJsonAreAValueOr1007() {
		byte[] json = "{\"number\": -12.5e3, \"text\": \"\\u00e4 \u20ac\", \"list\": [true, null, {\"a\": []}]}"
			.getBytes(StandardCharsets.UTF_8);
		for (int seed = 0; seed < 300; seed++) {
			Random random = new Random(seed);
			byte[] changed = json.clone();
			for (int i = 1 + random.nextInt(4); i > 0; i--) {
				changed[random.nextInt(changed.length)] = (byte) random.nextInt();
			}
			String path = JsonRoutes.PATHS.get(seed % JsonRoutes.PATHS.size());
			expect(path, RawFrame.binary(changed), "seed " + seed, 1007, 0);
		}
	}

	private static void everywhere(RawFrame frame, Integer... outcomes) {
		JsonRoutes.PATHS.forEach((path) -> expect(path, frame, path, outcomes));
	}

	/**
	 * Expect one of some outcomes.
	 * @param path the path of the route
	 * @param frame the message
	 * @param description what to call it
	 * @param outcomes close codes, and 0 for a value
	 */
	private static void expect(String path, RawFrame frame, String description, Integer... outcomes) {
		try (RawWs client = server.handshake(path).connect()) {
			client.send(frame);
			RawFrame answer = client.readMessageOrClose();
			int outcome = (answer.opcode() == RawFrame.CLOSE) ? answer.closeCode() : 0;
			assertThat(outcome).as(description + ": " + answer).isIn((Object[]) outcomes);
			if (outcome == 0) {
				assertThat(answer.text()).isEqualTo(VALUE);
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class JsonRoutes {

		private static final List<String> PATHS = List.of("/tree", "/map", "/record", "/consumer", "/tree-consumer");

		@Bean
		WSRouter jsonRouter() {
			return new WSRouter().addWsRoute("/tree", (ws) -> {
				ws.accept();
				ws.receiveJson();
				ws.sendText(VALUE);
			}).addWsRoute("/map", (ws) -> {
				ws.accept();
				ws.receiveJson(Map.class);
				ws.sendText(VALUE);
			}).addWsRoute("/record", (ws) -> {
				ws.accept();
				ws.receiveJson(Payload.class);
				ws.sendText(VALUE);
			})
				.addWsRoute(WebSocketConsumer.asRoute("/consumer", RecordConsumer::new))
				.addWsRoute(WebSocketConsumer.asRoute("/tree-consumer", TreeConsumer::new));
		}

	}

	record Payload(Double number, String text, List<Object> list) {

	}

	static class RecordConsumer extends WebSocketConsumer<Payload> {

		@Override
		protected void onReceive(WebSocket ws, Payload data) {
			ws.sendText(VALUE);
		}

	}

	static class TreeConsumer extends WebSocketConsumer<JsonNode> {

		@Override
		protected void onReceive(WebSocket ws, JsonNode data) {
			ws.sendText(VALUE);
		}

	}

}
