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

package io.nexios.ws.server.group;

import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Members that come back.
 *
 * @author Nexios Team
 */
class ResumeTests {

	private static final int HISTORY = 5;

	private static final JoinOptions POSITIONS = JoinOptions.create().withPositions();

	private final LocalServer server = new LocalServer(LocalServer.broker(HISTORY), JsonMapper.shared(), null);

	private final BrokerChannelBox box = this.server.box();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void joinTellsWhereTheMemberBegins() {
		Client client = join(POSITIONS);
		assertThat(client.result.recovery()).isEqualTo(Recovery.NOT_ASKED);
		assertThat(client.messages(1).get(0))
			.isEqualTo("{\"group\":\"g\",\"joined\":{\"recovery\":\"NOT_ASKED\"},\"position\":\""
					+ client.result.position() + "\"}");
		assertThat(this.box.position("g")).isEqualTo(client.result.position());
	}

	@Test
	void messagesHaveAnEnvelopeWithTheirPosition() {
		Client client = join(POSITIONS);
		send("unsaved", false);
		send("saved", true);
		assertThat(client.messages(3).subList(1, 3)).containsExactly("{\"group\":\"g\",\"data\":\"unsaved\"}",
				"{\"group\":\"g\",\"data\":\"saved\",\"position\":\"" + this.box.position("g") + "\"}");
	}

	@Test
	void withoutPositionsNothingChanges() {
		Client client = join(JoinOptions.create());
		send("unsaved", false);
		send("saved", true);
		this.box.removeChannelFromGroup(client.channel, "g");
		send("after", true);
		assertThat(client.messages(2)).containsExactly("\"unsaved\"", "\"saved\"");
	}

	@Test
	void memberThatLeavesIsToldSoAndGetsNothingAfterwards() {
		Client client = join(POSITIONS);
		this.box.removeChannelFromGroup(client.channel, "g");
		send("after", true);
		assertThat(client.messages(2).subList(1, 2)).containsExactly("{\"group\":\"g\",\"left\":true}");
	}

	@Test
	void positionsNeedJson() {
		LocalConnection local = this.server.connect();
		for (PayloadType type : List.of(PayloadType.TEXT, PayloadType.BYTES)) {
			Channel channel = Channel.builder(local.ws()).payloadType(type).build();
			assertThatIllegalArgumentException().isThrownBy(() -> this.box.join(channel, "g", POSITIONS));
		}
		assertThat(this.box.showGroups()).isEmpty();
	}

	@Test
	void clientGetsEveryMissedMessageOnceAndThenNewOnes() {
		Client first = join(POSITIONS);
		send("1", true);
		String position = first.lastPosition(2);
		first.local.end();
		send("2", true);
		send("unsaved", false);
		send("3", true);
		Client second = join(POSITIONS.resumeFrom(position));
		send("4", true);
		assertThat(second.result.recovery()).isEqualTo(Recovery.RECOVERED);
		assertThat(second.result.missed()).isEqualTo(2);
		assertThat(second.result.position()).isEqualTo(position);
		assertThat(second.messages(4).get(0)).contains("\"joined\":{\"recovery\":\"RECOVERED\",\"missed\":2}");
		assertThat(second.data(4)).containsExactly("2", "3", "4");
	}

	@Test
	void clientThatHasEverythingMissesNothing() {
		Client first = join(POSITIONS);
		send("1", true);
		Client second = join(POSITIONS.withHistory().resumeFrom(first.lastPosition(2)));
		send("2", true);
		assertThat(second.result.recovery()).isEqualTo(Recovery.RECOVERED);
		assertThat(second.result.missed()).isZero();
		assertThat(second.data(2)).containsExactly("2");
	}

	@Test
	void clientThatIsOlderThanTheHistoryGetsNoneOfIt() {
		Client first = join(POSITIONS);
		for (int i = 0; i < HISTORY + 1; i++) {
			send(String.valueOf(i), true);
		}
		Client second = join(POSITIONS.resumeFrom(first.result.position()));
		send("new", true);
		assertThat(second.result.recovery()).isEqualTo(Recovery.NOT_RECOVERED);
		assertThat(second.data(2)).containsExactly("new");
	}

	@Test
	void clientThatIsJustNotTooOldIsRecovered() {
		Client first = join(POSITIONS);
		for (int i = 0; i < HISTORY; i++) {
			send(String.valueOf(i), true);
		}
		Client second = join(POSITIONS.resumeFrom(first.result.position()));
		assertThat(second.result.recovery()).isEqualTo(Recovery.RECOVERED);
		assertThat(second.data(HISTORY + 1)).containsExactly("0", "1", "2", "3", "4");
	}

	@Test
	void clientThatIsNotRecoveredGetsTheHistoryIfAskedFor() {
		Client first = join(POSITIONS);
		for (int i = 0; i < HISTORY + 1; i++) {
			send(String.valueOf(i), true);
		}
		Client second = join(POSITIONS.withHistory().resumeFrom(first.result.position()));
		assertThat(second.result.recovery()).isEqualTo(Recovery.NOT_RECOVERED);
		assertThat(second.data(HISTORY + 1)).containsExactly("1", "2", "3", "4", "5");
		Client third = join(POSITIONS.resumeFrom(second.result.position()));
		assertThat(third.result.recovery()).isEqualTo(Recovery.RECOVERED);
		assertThat(third.data(HISTORY + 1)).containsExactly("1", "2", "3", "4", "5");
	}

	@Test
	void clientThatHasReceivedNothingResumesThoughItWasAlone() {
		for (int blink = 0; blink < 10; blink++) {
			Client client = join(POSITIONS);
			String position = client.lastPosition(1);
			client.local.end();
			if (blink % 2 == 0) {
				send("blink " + blink, true);
			}
			Client back = join(POSITIONS.resumeFrom(position));
			assertThat(back.result.recovery()).isEqualTo(Recovery.RECOVERED);
			assertThat(back.result.missed()).isEqualTo((blink % 2 == 0) ? 1 : 0);
			back.local.end();
		}
	}

	@Test
	void historyThatWasFlushedIsNotRecoveredButItsEndIs() {
		Client first = join(POSITIONS);
		send("1", true);
		this.box.flushHistory();
		assertThat(join(POSITIONS.resumeFrom(first.result.position())).result.recovery())
			.isEqualTo(Recovery.NOT_RECOVERED);
		assertThat(join(POSITIONS.resumeFrom(first.lastPosition(2))).result.recovery()).isEqualTo(Recovery.RECOVERED);
	}

	@Test
	void secondJoinChangesAndSendsNothing() {
		Client client = join(POSITIONS);
		send("1", true);
		JoinResult second = this.box.join(client.channel, "g",
				JoinOptions.create().withHistory().resumeFrom(client.result.position()));
		assertThat(second).isEqualTo(new JoinResult(ChannelAddStatus.CHANNEL_EXIST, Recovery.NOT_ASKED, 0, ""));
		send("2", true);
		assertThat(client.data(3)).containsExactly("1", "2");
	}

	@Test
	void everyFlippedBitIsNotRecovered() {
		Client first = join(POSITIONS);
		send("1", true);
		send("2", true);
		for (String position : List.of(first.result.position(), first.lastPosition(3))) {
			for (int bit = 0; bit < position.length() * 6; bit++) {
				assertNotRecovered(flipped(position, bit));
			}
		}
	}

	private static String flipped(String position, int bit) {
		String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
		char[] chars = position.toCharArray();
		chars[bit / 6] = alphabet.charAt(alphabet.indexOf(chars[bit / 6]) ^ (1 << (bit % 6)));
		return new String(chars);
	}

	@Test
	void textsThatAreNoPositionOfTheGroupAreNotRecovered() {
		String other = this.box.position("other");
		List<String> texts = List.of("", "A", "A".repeat(39), "A".repeat(40), "A".repeat(41), "A".repeat(100_000),
				"*".repeat(40), "\u0000".repeat(40), "ä".repeat(40), "=".repeat(40), other,
				this.box.position("g") + "=", " " + this.box.position("g").substring(1));
		texts.forEach(this::assertNotRecovered);
	}

	private void assertNotRecovered(@Nullable String position) {
		LocalConnection local = this.server.connect();
		JoinResult result = this.box.join(Channel.of(local.ws()), "g", JoinOptions.create().resumeFrom(position));
		assertThat(result.recovery()).as("position '%s'", position).isEqualTo(Recovery.NOT_RECOVERED);
		assertThat(result.status()).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(local.messages()).isEmpty();
		local.end();
	}

	private void send(String text, boolean saved) {
		SendOptions options = SendOptions.create();
		this.box.groupSend("g", text, saved ? options.saveHistory() : options);
	}

	private Client join(JoinOptions options) {
		LocalConnection local = this.server.connect();
		Channel channel = Channel.of(local.ws());
		return new Client(local, channel, this.box.join(channel, "g", options));
	}

	/**
	 * A connection that has joined.
	 *
	 * @param local the connection
	 * @param channel its channel
	 * @param result the outcome of the join
	 */
	private record Client(LocalConnection local, Channel channel, JoinResult result) {

		List<String> messages(int count) {
			Awaitility.await().until(() -> this.local.hasMessages(count));
			return this.local.messages().stream().map(String.class::cast).toList();
		}

		List<String> data(int count) {
			List<String> data = new ArrayList<>();
			for (String message : messages(count)) {
				JsonNode node = JsonMapper.shared().readTree(message);
				if (node.has("data")) {
					data.add(node.get("data").stringValue());
				}
			}
			return data;
		}

		String lastPosition(int count) {
			String last = messages(count).get(count - 1);
			return JsonMapper.shared().readTree(last).get("position").stringValue();
		}

	}

}
