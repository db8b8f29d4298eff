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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.connection.Handshake.Decision;
import io.nexios.ws.server.group.ControlledBroker.Call;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More messages than may wait for a member that is joining.
 *
 * @author Nexios Team
 */
@Timeout(30)
class JoinBacklogTests {

	private static final int MAX_BYTES = 1_000;

	private static final String LARGE = "x".repeat(300);

	private final ControlledBroker broker = new ControlledBroker();

	private final LocalServer server = LocalServer.with(this.broker).maxBytes(MAX_BYTES).build();

	private final BrokerChannelBox box = this.server.box();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void memberIsClosedAsTooSlow() throws Exception {
		GroupClient client = accepted(OverflowPolicy.CLOSE);
		CompletableFuture<JoinResult> join = startJoin(client, JoinOptions.create().withHistory());
		sendLarge(4);
		assertThat(join.get(10, TimeUnit.SECONDS).status()).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		Awaitility.await().until(() -> client.local().closeFrame() != null);
		assertThat(client.local().closeFrame().getCode()).isEqualTo(1013);
		assertThat(client.local().messages()).isEmpty();
		Awaitility.await().untilAsserted(() -> assertThat(this.server.kept()).containsOnly(0));
		assertThat(this.broker.calls()).endsWith("UNSUBSCRIBE g");
	}

	@Test
	void memberGetsWhatFits() throws Exception {
		GroupClient client = accepted(OverflowPolicy.CLOSE);
		CompletableFuture<JoinResult> join = startJoin(client, JoinOptions.create().withHistory());
		sendLarge(3);
		this.broker.release();
		assertThat(join.get(10, TimeUnit.SECONDS).status()).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(client.local().awaitMessages(3)).hasSize(3);
	}

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void droppedMessagesAreToldOnceInTheirPlace(OverflowPolicy policy) throws Exception {
		GroupClient client = accepted(policy);
		CompletableFuture<JoinResult> join = startJoin(client, GroupClient.POSITIONS.withHistory());
		sendLarge(2);
		sendLarge(3);
		this.box.groupSend("g", LARGE);
		sendSmall("fits");
		sendLarge(2);
		String position = this.box.position("g");
		this.broker.release();
		assertThat(join.get(10, TimeUnit.SECONDS).status()).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		sendSmall("live");
		String large = "data " + LARGE;
		assertThat(client.outline(7)).containsExactly("joined NOT_ASKED", large, large, "lost OVERFLOW", "data fits",
				"lost OVERFLOW", "data live");
		assertThat((String) client.local().messages().get(5)).contains("\"position\":\"" + position + "\"");
	}

	@Test
	void clientResumesFromWhereMessagesWereDropped() throws Exception {
		GroupClient client = accepted(OverflowPolicy.DROP_NEWEST);
		CompletableFuture<JoinResult> join = startJoin(client, GroupClient.POSITIONS.withHistory());
		sendLarge(5);
		this.broker.release();
		join.get(10, TimeUnit.SECONDS);
		String position = client.lastPosition(4);
		assertThat(client.outline(4)).last().isEqualTo("lost OVERFLOW");
		client.local().end();
		this.broker.answer();
		sendSmall("missed");
		GroupClient back = accepted(OverflowPolicy.DROP_NEWEST);
		assertThat(back.join("g", GroupClient.POSITIONS.resumeFrom(position)).recovery()).isEqualTo(Recovery.RECOVERED);
		assertThat(back.outline(2)).containsExactly("joined RECOVERED 1", "data missed");
	}

	@Test
	void memberWithoutPositionsIsNotTold() throws Exception {
		GroupClient client = accepted(OverflowPolicy.DROP_NEWEST);
		CompletableFuture<JoinResult> join = startJoin(client, JoinOptions.create().withHistory());
		sendLarge(5);
		sendSmall("fits");
		this.broker.release();
		join.get(10, TimeUnit.SECONDS);
		assertThat(client.outline(4)).containsExactly("\"" + LARGE + "\"", "\"" + LARGE + "\"", "\"" + LARGE + "\"",
				"\"fits\"");
	}

	@Test
	void handshakeThatIsUndecidedIsRefused() throws Exception {
		GroupClient client = new GroupClient(this.server, this.server.connecting());
		assertThat(client.join("g", GroupClient.POSITIONS).status()).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		sendLarge(4);
		assertRefused(client.local());
	}

	@Test
	void handshakeIsRefusedThoughTheHistoryIsStillBeingRead() throws Exception {
		GroupClient client = new GroupClient(this.server, this.server.connecting());
		CompletableFuture<JoinResult> join = startJoin(client, JoinOptions.create().withHistory());
		sendLarge(4);
		assertThat(join.get(10, TimeUnit.SECONDS).status()).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		assertRefused(client.local());
	}

	@Test
	void handshakeIsRefusedIfTheHistoryDoesNotFit() {
		sendLarge(4);
		GroupClient client = new GroupClient(this.server, this.server.connecting());
		client.join("g", JoinOptions.create().withHistory());
		assertRefused(client.local());
	}

	@Test
	void handshakeIsRefusedIfTooManyMessagesWaitHoweverSmall() {
		LocalConnection local = this.server.connecting();
		Channel channel = Channel.builder(local.ws()).payloadType(PayloadType.TEXT).build();
		this.box.join(channel, "g", JoinOptions.create());
		for (int i = 0; i < LocalServer.MAX_MESSAGES; i++) {
			this.box.groupSend("g", "");
		}
		assertThat(this.box.channels("g")).containsExactly(channel);
		this.box.groupSend("g", "");
		assertRefused(local);
	}

	private void assertRefused(LocalConnection local) {
		assertThat(local.connection().awaitDecision()).isInstanceOfSatisfying(Decision.Rejected.class,
				(rejected) -> assertThat(rejected.reply().status().value()).isEqualTo(503));
		assertThat(this.box.showGroups()).isEmpty();
		assertThat(this.server.kept()).containsOnly(0);
		assertThat(this.broker.calls()).contains("UNSUBSCRIBE g");
	}

	private GroupClient accepted(OverflowPolicy policy) {
		GroupClient client = new GroupClient(this.server, this.server.connecting());
		client.local().open((acceptance) -> acceptance.overflow(policy));
		return client;
	}

	private CompletableFuture<JoinResult> startJoin(GroupClient client, JoinOptions options) {
		this.broker.hold(Call.HISTORY);
		CompletableFuture<JoinResult> join = client.startJoin("g", options);
		Awaitility.await().until(() -> this.broker.heldAnswers() > 0);
		return join;
	}

	private void sendLarge(int count) {
		for (int i = 0; i < count; i++) {
			this.box.groupSend("g", LARGE, SendOptions.create().saveHistory());
		}
	}

	private void sendSmall(String text) {
		this.box.groupSend("g", text, SendOptions.create().saveHistory());
	}

}
