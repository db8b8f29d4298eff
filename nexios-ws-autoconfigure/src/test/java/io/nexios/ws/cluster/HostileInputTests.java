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

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.GroupMessage;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.group.delivery.PositionTokens;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Positions, names of groups and ids of channels that are not what they should be.
 *
 * @author Nexios Team
 */
@RequiresRedis
@ExtendWith(OutputCaptureExtension.class)
class HostileInputTests {

	private static final String GROUP = "group";

	private static final String NONE = "none";

	private static final SendOptions SAVED = SendOptions.create().saveHistory();

	private static RedisServer redis;

	private static LocalNode node;

	private static LocalNode other;

	private final PositionTokens tokens = new PositionTokens(GROUP);

	private CapturedOutput output;

	@BeforeAll
	static void start() {
		redis = RedisServer.start();
		node = LocalNode.start(List.of(NamedRooms.class), redis.port());
		other = LocalNode.start(redis.port());
	}

	@AfterAll
	static void stop() {
		other.close();
		node.close();
		redis.close();
	}

	@BeforeEach
	void send(CapturedOutput output) {
		this.output = output;
		for (int number = 0; number < 3; number++) {
			other.channels().groupSend("secret", "secret content", SAVED);
			other.channels().groupSend(GROUP, "content of the group", SAVED);
		}
	}

	@AfterEach
	void expectNothingInTheLog() {
		assertThat(this.output).doesNotContain("secret", "content of the group", "WARN", "ERROR");
	}

	@Test
	void textsThatAreNoPositionsAreNotRecovered() {
		List<String> texts = new ArrayList<>(List.of("", " ", "AQ", "null", "0", "-1", "?".repeat(40), "A".repeat(39),
				"A".repeat(40), "A".repeat(41), "_".repeat(40), "=".repeat(40), "\ud83d\ude00".repeat(20), "*",
				"x".repeat(100_000)));
		texts.add(other.channels().position("secret"));
		texts.add(other.channels().position(GROUP) + "=");
		texts.add(" " + other.channels().position(GROUP));
		texts.forEach(HostileInputTests::expectNotRecovered);
	}

	@Test
	void positionsThatTheGroupHasNeverHadAreNotRecovered() {
		Position end = Objects.requireNonNull(this.tokens.read(other.channels().position(GROUP)));
		List<Position> positions = List.of(new Position(end.epoch(), Long.MAX_VALUE, end.id()),
				new Position(end.epoch(), Long.MAX_VALUE - 1, 0), new Position(end.epoch(), end.offset() + 1, end.id()),
				new Position(end.epoch(), -1, end.id()), new Position(end.epoch(), Long.MIN_VALUE, end.id()),
				new Position(end.epoch(), 0, end.id()), new Position(end.epoch(), end.offset() - 1, end.id()),
				new Position(end.epoch() + 1, end.offset(), end.id()), new Position(0, end.offset() - 1, 0),
				new Position(0, 0, 0), new Position(-1, -1, -1));
		positions.forEach((position) -> expectNotRecovered(this.tokens.write(position)));
	}

	@Test
	void positionWithAnyBitChangedIsNotRecovered() {
		byte[] good = Base64.getUrlDecoder().decode(other.channels().position(GROUP));
		other.channels().groupSend(GROUP, "content of the group", SAVED);
		for (int bit = 0; bit < 8 * good.length; bit++) {
			byte[] bad = good.clone();
			bad[bit / 8] ^= (byte) (1 << (bit % 8));
			expectNotRecovered(Base64.getUrlEncoder().encodeToString(bad));
		}
		try (RawWs page = open(GROUP, Base64.getUrlEncoder().encodeToString(good))) {
			assertThat(page.readText()).contains("\"RECOVERED\",\"missed\":1");
		}
	}

	private static void expectNotRecovered(String position) {
		try (RawWs page = open(GROUP, position)) {
			assertThat(page.readText()).as(position).contains("\"NOT_RECOVERED\"");
			page.expectNothing();
		}
	}

	@Test
	void positionsOfOtherGroupsInTheHandshakeAreIgnored() {
		String position = other.channels().position("secret");
		other.channels().groupSend("secret", "secret content", SAVED);
		for (String query : List.of("position=" + position, "position=", "position", "position=%00",
				"position=" + "A".repeat(4000), "position=" + position + "&position=" + position)) {
			try (RawWs page = node.server().connect("/rooms/" + GROUP + "?" + query)) {
				assertThat(page.readText()).as(query).contains("\"recovery\":\"NOT_");
				page.expectNothing();
			}
		}
	}

	@Test
	void strangeNamesAreNamesOfDifferentGroups() {
		List<String> names = List.of("a{b}c", "{}", "{", "}{", "{0j}", "a b", " ", "a:b", ":", "nx:{0j}:c:a", "*", "a*",
				"?", "[a-z]", "\\", "\"", "'", "%00", "${jndi:x}", "\ud83d\ude00".repeat(100), "x".repeat(200),
				"x".repeat(199), "../a", "<b>");
		List<RawWs> pages = new ArrayList<>();
		List<String> positions = new ArrayList<>();
		try {
			for (String name : names) {
				pages.add(open(name, NONE));
				positions.add(read(pages.get(pages.size() - 1)).get("position").stringValue());
			}
			for (int i = 0; i < names.size(); i++) {
				other.channels().groupSend(names.get(i), i, SAVED);
			}
			for (int i = 0; i < names.size(); i++) {
				expect(pages.get(i), names.get(i), i);
			}
		}
		finally {
			pages.forEach(RawWs::close);
		}
		for (int i = 0; i < names.size(); i++) {
			try (RawWs again = open(names.get(i), positions.get(i))) {
				assertThat(again.readText()).contains("\"RECOVERED\",\"missed\":1");
				expect(again, names.get(i), i);
			}
			assertThat(other.channels().showHistory(names.get(i))).extracting(GroupMessage::payload)
				.singleElement()
				.hasToString(Integer.toString(i));
		}
		assertThat(node.channels().showHistory()).containsKeys(names.toArray(String[]::new));
	}

	private static void expect(RawWs page, String group, int number) {
		JsonNode message = read(page);
		assertThat(message.get("group").stringValue()).isEqualTo(group);
		assertThat(message.get("data").intValue()).isEqualTo(number);
		page.expectNothing();
	}

	@Test
	void namesThatAreNotAllowedAreRefusedWithoutBeingNamed() {
		for (String name : List.of("", "\ud83d\ude00".repeat(200), "secret".repeat(40), "secret\n", "secret\u0000",
				"\u0001check", "secret\ud83d", "\u007f", "\u0085secret")) {
			for (ChannelBox channels : List.of(node.channels(), other.channels())) {
				assertThatIllegalArgumentException().isThrownBy(() -> channels.groupSend(name, "secret content", SAVED))
					.withMessageNotContaining("secret");
				assertThatIllegalArgumentException().isThrownBy(() -> channels.position(name));
				assertThatIllegalArgumentException().isThrownBy(() -> channels.showHistory(name));
			}
		}
	}

	@Test
	void channelsThatDoNotExistGetNothing() {
		for (String id : List.of("", ".", "no-such-node.channel", node.id() + ".channel", other.id() + ".channel",
				node.id(), other.id() + ".", "*.*", "{}.x", "a b.c", "\ud83d\ude00.x", "x".repeat(10_000) + ".y")) {
			assertThat(node.channels().sendTo(id, "secret content")).as(id).isFalse();
			other.channels().groupSend(GROUP, "content of the group", SendOptions.create().except(id));
		}
	}

	private static RawWs open(String group, String position) {
		RawWs page = node.server().connect("/named");
		page.sendText(group);
		page.sendText(position);
		return page;
	}

	private static JsonNode read(RawWs page) {
		return JsonMapper.shared().readTree(page.readText());
	}

	/**
	 * The page sends the name of its room, and its position.
	 */
	@Configuration(proxyBeanMethods = false)
	static class NamedRooms {

		@Bean
		WSRouter namedRooms(ChannelBox channels) {
			WSRouter router = new WSRouter();
			router.addWsRoute("/named", (ws) -> serve(ws, channels));
			return router;
		}

		private static void serve(WebSocket ws, ChannelBox channels) {
			ws.accept();
			String group = ws.receiveText();
			String position = ws.receiveText();
			channels.join(Channel.of(ws), group,
					JoinOptions.create().withPositions().resumeFrom(position.equals(NONE) ? null : position));
			ws.awaitDisconnect();
		}

	}

}
