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

package io.nexios.ws.channel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A history of the maximum size for a peer that does not read. The whole history fits
 * into the outbound queue, whatever it contains.
 *
 * @author Nexios Team
 */
class HistorySizeSocketTests {

	private static final int MESSAGE_SIZE = 2_000;

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.history.max-messages=1000",
			"nexios.ws.history.max-bytes=256KB", "nexios.ws.outbound.max-bytes=256KB");

	@AfterEach
	void forgetHistory() {
		server.bean(ChannelBox.class).flushHistory();
	}

	static Stream<Arguments> payloads() {
		return Stream
			.<Object>of("x".repeat(MESSAGE_SIZE), "\u4f60".repeat(MESSAGE_SIZE), "\"".repeat(MESSAGE_SIZE),
					"\u0001".repeat(MESSAGE_SIZE), new byte[MESSAGE_SIZE], List.of("\u4f60".repeat(MESSAGE_SIZE)))
			.flatMap((payload) -> Stream.of(PayloadType.values()).map((type) -> Arguments.of(payload, type)));
	}

	@ParameterizedTest(name = "{index} {1}")
	@MethodSource("payloads")
	void historyFitsWhatMayWaitForAPeer(Object payload, PayloadType type) {
		ChannelBox box = server.bean(ChannelBox.class);
		for (int i = 0; i < 300; i++) {
			box.groupSend("g", payload, SendOptions.create().saveHistory());
		}
		int messages = box.showHistory("g").size();
		Outcome<Integer> bytes = server.evaluate((ws) -> {
			ws.accept();
			box.joinWithHistory(Channel.builder(ws).payloadType(type).build(), "g");
			ws.sendText("end");
			return messages;
		});
		try (RawWs client = server.handshake().receiveBuffer(4 * 1024).connect()) {
			assertThat(messages).isGreaterThan(10);
			int size = 0;
			for (int i = 0; i < messages; i++) {
				RawFrame message = client.readMessage();
				size += message.payload().length;
			}
			assertThat(size).isLessThanOrEqualTo(256 * 1024);
			client.expectText("end");
			assertThat(bytes.get()).isEqualTo(messages);
		}
	}

	@Test
	void historyWithPositionsFitsWhateverTheNameOfItsGroup() {
		String group = "\u4f60".repeat(200);
		ChannelBox box = server.bean(ChannelBox.class);
		for (int i = 0; i < 1_000; i++) {
			box.groupSend(group, "x", SendOptions.create().saveHistory());
		}
		int messages = box.showHistory(group).size();
		assertThat(messages).isGreaterThan(100);
		Outcome<String> status = server.evaluate((ws) -> {
			ws.accept();
			JoinResult result = box.join(Channel.of(ws), group, JoinOptions.create().withHistory().withPositions());
			ws.sendText("end");
			return result.status().name();
		});
		try (RawWs client = server.handshake().receiveBuffer(4 * 1024).connect()) {
			for (int i = 0; i < messages + 1; i++) {
				String message = new String(client.readMessage().payload(), StandardCharsets.UTF_8);
				assertThat(message).contains((i > 0) ? "\"data\"" : "\"joined\"");
			}
			client.expectText("end");
			assertThat(status.get()).isEqualTo(ChannelAddStatus.CHANNEL_ADDED.name());
		}
	}

}
