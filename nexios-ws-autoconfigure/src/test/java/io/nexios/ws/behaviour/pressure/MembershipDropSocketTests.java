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

package io.nexios.ws.behaviour.pressure;

import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that read too slowly while they leave a group and join it again.
 *
 * @author Nexios Team
 */
class MembershipDropSocketTests {

	private static final String PADDING = "x".repeat(16 * 1024);

	/** Much more than the buffers of two sockets can hold. */
	private static final int MANY = 1_500;

	/** Much more than the outbound queue can hold. */
	private static final int SEVERAL = 20;

	private static final int SMALL_BUFFER = 4 * 1024;

	private static final JoinOptions POSITIONS = JoinOptions.create().withPositions();

	@RegisterExtension
	static final SocketServer server = new SocketServer().with("nexios.ws.outbound.max-age=20s",
			"nexios.ws.outbound.max-bytes=128KB", "nexios.ws.history.max-bytes=128KB");

	// The positions of all messages in their order, after that of the beginning
	private final List<String> positions = new ArrayList<>();

	private final List<String> outline = new ArrayList<>();

	// The index of the last position that the peer has received
	private int reached;

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void eachMembershipIsToldOfItsOwnLosses(OverflowPolicy policy) {
		Outcome<?> outcome = server.serve((ws) -> {
			ws.accept((acceptance) -> acceptance.overflow(policy));
			ws.awaitDisconnect();
		});
		ChannelBox box = server.bean(ChannelBox.class);
		String group = policy.name();
		try (RawWs slow = server.handshake().receiveBuffer(SMALL_BUFFER).connect()) {
			Channel channel = Channel.of(outcome.open());
			this.positions.add(box.join(channel, group, POSITIONS).position());
			send(box, group, MANY);
			fill(box, group);
			int left = this.positions.size() - 1;
			box.removeChannelFromGroup(channel, group);
			box.join(channel, group, POSITIONS);
			send(box, group, SEVERAL);
			while (!this.outline.contains("left") || this.reached < this.positions.size() - 1) {
				received(JsonMapper.shared().readTree(slow.readText()), left);
			}
			assertThat(this.outline.indexOf("lost")).isPositive().isLessThan(this.outline.indexOf("left"));
			assertThat(this.outline.lastIndexOf("lost")).isGreaterThan(this.outline.lastIndexOf("joined"));
			assertThat(this.outline).containsSubsequence("joined", "left", "joined");
			slow.leave();
		}
	}

	private void send(ChannelBox box, String group, int times) {
		for (int i = 0; i < times; i++) {
			box.groupSend(group, PADDING, SendOptions.create().saveHistory());
			this.positions.add(box.position(group));
		}
	}

	// Leaves no room for frames that are smaller than the messages, such as 'left'
	private static void fill(ChannelBox box, String group) {
		for (int i = 0; i < MANY; i++) {
			box.groupSend(group, "", SendOptions.create());
		}
	}

	private void received(JsonNode message, int left) {
		if (message.has("left")) {
			assertThat(this.reached).as("position before 'left'").isEqualTo(left);
			this.outline.add("left");
			return;
		}
		if (!message.has("position")) {
			return;
		}
		int position = this.positions.indexOf(message.get("position").stringValue());
		if (message.has("joined")) {
			assertThat(position).as("position of 'joined'").isEqualTo(this.reached);
			this.outline.add("joined");
		}
		else if (message.has("lost")) {
			assertThat(position).as("position of 'lost'").isGreaterThanOrEqualTo(this.reached);
			this.outline.add("lost");
		}
		else {
			assertThat(position).as("position of a message").isEqualTo(this.reached + 1);
		}
		this.reached = position;
	}

}
