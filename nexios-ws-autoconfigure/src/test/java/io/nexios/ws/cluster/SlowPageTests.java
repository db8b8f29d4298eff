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

package io.nexios.ws.cluster;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page that does not read, among others that do.
 *
 * @author Nexios Team
 */
@RequiresRedis
class SlowPageTests {

	private static final int MESSAGES = 800;

	private static final int MESSAGES_AT_ONCE = 25;

	private static final int PAGES = 5;

	private static final long MAX_GROWTH = 6 * 1024 * 1024;

	private final String text = "x".repeat(10_000);

	@Test
	void slowPageIsClosedAndGoesOnLaterAndOthersGetEverything() throws Exception {
		try (RedisServer redis = RedisServer.start();
				LocalNode sender = LocalNode.start(redis.port(), properties());
				LocalNode node = LocalNode.start(redis.port(), properties());
				RawWs slow = node.server().handshake("/rooms/room").receiveBuffer(4096).connect()) {
			String position = position(slow.readText());
			CompletableFuture<CloseStatus> end = node.channels()
				.channels("room")
				.iterator()
				.next()
				.webSocket()
				.closed()
				.toCompletableFuture();
			List<RawWs> pages = open(node);
			try {
				long before = usedMemory();
				sendAndExpect(sender, pages);
				assertThat(end.get(30, TimeUnit.SECONDS).getCode()).isEqualTo(1013);
				assertThat(usedMemory() - before).isLessThan(MAX_GROWTH);
			}
			finally {
				pages.forEach(RawWs::close);
			}
			expectTheRest(node, slow, position);
		}
	}

	private static String[] properties() {
		return new String[] { "nexios.ws.history.max-messages=10000", "nexios.ws.history.max-bytes=64MB",
				"nexios.ws.outbound.max-bytes=64MB", "nexios.ws.outbound.max-age=1s" };
	}

	private static List<RawWs> open(LocalNode node) {
		List<RawWs> pages = new ArrayList<>();
		for (int i = 0; i < PAGES; i++) {
			RawWs page = node.server().connect("/rooms/room");
			pages.add(page);
			assertThat(page.readText()).contains("joined");
		}
		return pages;
	}

	private void sendAndExpect(LocalNode sender, List<RawWs> pages) {
		for (int first = 0; first < MESSAGES; first += MESSAGES_AT_ONCE) {
			for (int number = first; number < first + MESSAGES_AT_ONCE; number++) {
				sender.channels().groupSend("room", number + " " + this.text, SendOptions.create().saveHistory());
			}
			for (RawWs page : pages) {
				for (int number = first; number < first + MESSAGES_AT_ONCE; number++) {
					assertThat(number(page.readText())).isEqualTo(number);
				}
			}
		}
	}

	private static void expectTheRest(LocalNode node, RawWs slow, String joined) {
		String position = joined;
		int next = 0;
		StringBuilder message = new StringBuilder();
		for (RawFrame frame : slow.readToEnd()) {
			if (frame.opcode() == RawFrame.CLOSE) {
				assertThat(frame.closeCode()).isEqualTo(1013);
				break;
			}
			message.append(frame.text());
			if (frame.fin()) {
				assertThat(number(message.toString())).isEqualTo(next++);
				position = position(message.toString());
				message.setLength(0);
			}
		}
		assertThat(next).isLessThan(MESSAGES);
		try (RawWs again = node.server().connect("/rooms/room?position=" + position)) {
			assertThat(again.readText()).contains("RECOVERED").contains("\"missed\":" + (MESSAGES - next));
			while (next < MESSAGES) {
				assertThat(number(again.readText())).isEqualTo(next++);
			}
			again.expectNothing();
		}
	}

	private static int number(String frame) {
		String data = read(frame).get("data").stringValue();
		return Integer.parseInt(data.substring(0, data.indexOf(' ')));
	}

	private static String position(String frame) {
		return read(frame).get("position").stringValue();
	}

	private static JsonNode read(String frame) {
		return JsonMapper.shared().readTree(frame);
	}

	private static long usedMemory() {
		ManagementFactory.getMemoryMXBean().gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
