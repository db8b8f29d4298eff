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

package io.nexios.ws.behaviour.application;

import java.util.Map;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets that clients send, in all places where something can fail, with all log levels
 * enabled. Each secret has the name of the place in which it was sent.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class NoSecretsSocketTests {

	private static final String SECRET = "secret-in-the-";

	@RegisterExtension
	static final SocketServer server = new SocketServer(Application.class).with("logging.level.io.nexios=debug");

	private CapturedOutput output;

	@BeforeEach
	void capture(CapturedOutput output) {
		this.output = output;
	}

	@AfterEach
	void logHasNoSecrets() {
		assertThat(this.output.getAll()).doesNotContainIgnoringCase(SECRET);
	}

	@Test
	void handlerThatFailsBeforeDecidingLeaksNothing() {
		server.serve((ws) -> {
			throw new IllegalStateException("broken");
		});
		expectRejection(500);
		awaitLog("broken");
	}

	@Test
	void handlerThatDecidesNothingLeaksNothing() {
		server.serve((ws) -> {
		});
		expectRejection(500);
		awaitLog("without deciding");
	}

	@Test
	void handlerThatIsDeniedAccessLeaksNothing() {
		server.serve((ws) -> {
			throw new AccessDeniedException("no");
		});
		expectRejection(401);
	}

	@Test
	void subprotocolThatWasNotOfferedLeaksNothing() {
		server.serve((ws) -> ws.accept("other"));
		expectRejection(500);
		awaitLog("other");
	}

	@Test
	void queryThatCannotBeReadLeaksNothing() {
		try (RawWs client = server.handshake(SocketServer.ROUTE + "?secret-in-the-name=%zzsecret-in-the-value")
			.send()) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.body()).doesNotContainIgnoringCase(SECRET);
		}
		awaitLog("Cannot read the request");
	}

	@Test
	void handlerThatFailsAfterAcceptingLeaksNothing() {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveText();
			throw new IllegalStateException("broken");
		});
		assertThat(closeReason("text", 1011)).isEqualTo("Internal error");
		awaitLog("broken");
	}

	@Test
	void handlerThatIsDeniedAccessAfterAcceptingLeaksNothing() {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveText();
			throw new AccessDeniedException("no");
		});
		assertThat(closeReason("text", 1008)).isEqualTo("Access denied");
		awaitLog("denied access");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "{\"number\": \"secret-in-the-value\"}", "{\"secret-in-the-name\": 1}",
			"[\"secret-in-the-array\"]", "{\"number\": 1, \"secret-in-the-rest", "null" })
	void jsonThatDoesNotBindLeaksNothing(String json) {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveJson(Numbered.class);
		});
		assertThat(closeReason(json, 1007)).isNotEmpty();
		awaitLog("Invalid JSON: ");
		assertThat(this.output).contains(" for " + Numbered.class.getTypeName());
	}

	@Test
	void jsonThatDoesNotBindBelowANameThatTheClientHasChosenLeaksNothing() {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveJson(Named.class);
		});
		closeReason("{\"numbers\": {\"secret-in-the-key\": {\"number\": \"secret-in-the-value\"}}}", 1007);
		awaitLog("at 'numbers.*.number'");
	}

	@Test
	void handlerThatFailsBecauseOfJsonLeaksNothing() {
		server.serve((ws) -> {
			ws.accept();
			try {
				ws.receiveJson(Numbered.class);
			}
			catch (WebSocketException ex) {
				throw new IllegalStateException("Not a number", ex);
			}
		});
		closeReason("{\"number\": \"secret-in-the-value\"}", 1011);
		awaitLog("Not a number");
	}

	@Test
	void consumerThatGetsJsonThatDoesNotBindLeaksNothing() {
		try (RawWs client = secretive("/consumer").connect()) {
			client.sendText("{\"number\": \"secret-in-the-value\"}");
			assertThat(client.expectClose(1007)).doesNotContainIgnoringCase(SECRET);
		}
		awaitLog(", at 'number'");
	}

	@Test
	void consumerThatFailsLeaksNothing() {
		try (RawWs client = secretive("/consumer").connect()) {
			client.sendText("{\"number\": 7}");
			assertThat(client.expectClose(1011)).doesNotContainIgnoringCase(SECRET);
		}
		awaitLog("7 is too much");
	}

	@Test
	void messageThatIsTooLargeAndFramesThatAreWrongLeakNothing() {
		server.serve((ws) -> {
			ws.accept((acceptance) -> acceptance.maxMessageSize(DataSize.ofBytes(10)));
			ws.awaitDisconnect();
		});
		closeReason("secret-in-the-large-message", 1009);
	}

	@Test
	void groupWithAMessageThatIsNotWrittenLeaksNothing() {
		ChannelBox channels = server.bean(ChannelBox.class);
		server.serve((ws) -> {
			ws.accept();
			channels.addChannelToGroup(Channel.of(ws), "group");
			channels.groupSend("group", new Unwritable(ws.receiveText()));
		});
		closeReason("secret-in-the-group", 1011);
		awaitLog("failed");
	}

	private void expectRejection(int status) {
		try (RawWs client = secretive(SocketServer.ROUTE).send()) {
			assertThat(client.status()).isEqualTo(status);
			assertThat(client.body()).doesNotContainIgnoringCase(SECRET);
			assertThat(client.headers().toString()).doesNotContainIgnoringCase(SECRET);
		}
	}

	private String closeReason(String message, int code) {
		try (RawWs client = secretive(SocketServer.ROUTE).connect()) {
			client.sendText(message);
			String reason = client.expectClose(code);
			assertThat(reason).doesNotContainIgnoringCase(SECRET);
			return reason;
		}
	}

	private void awaitLog(String text) {
		Awaitility.await().until(() -> this.output.getAll().contains(text));
	}

	private static RawHandshake secretive(String path) {
		return server.handshake(path + "?token=secret-in-the-query")
			.header("Authorization", "Bearer secret-in-the-header")
			.header("Cookie", "SESSION=secret-in-the-cookie")
			.header("Sec-WebSocket-Protocol", "access_token, secret-in-the-subprotocol");
	}

	record Numbered(int number) {
	}

	record Named(Map<String, Numbered> numbers) {
	}

	/**
	 * Fails to be written as JSON.
	 *
	 * @param text a secret
	 */
	record Unwritable(String text) {

		@Override
		public String text() {
			throw new UnsupportedOperationException("cannot be written");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		WebSocketRoute consumer() {
			return WebSocketConsumer.asRoute("/consumer", FailingConsumer::new);
		}

	}

	static class FailingConsumer extends WebSocketConsumer<Numbered> {

		@Override
		protected void onReceive(WebSocket ws, Numbered numbered) {
			throw new IllegalStateException(numbered.number() + " is too much");
		}

	}

}
