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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.connection.Handshake.Decision;
import io.nexios.ws.server.group.ControlledBroker.Call;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Joins of connections whose handshake is undecided.
 *
 * @author Nexios Team
 */
@Timeout(30)
class JoinBeforeAcceptTests {

	private final ControlledBroker broker = new ControlledBroker();

	private final LocalServer server = LocalServer.with(this.broker).acceptTimeout(Duration.ofMillis(300)).build();

	private final BrokerChannelBox box = this.server.box();

	private final GroupClient client = new GroupClient(this.server, this.server.connecting());

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void messagesWaitForTheAcceptance() {
		this.box.addChannelToGroup(this.client.channel(), "g");
		send("1", true);
		send("2", false);
		assertThat(this.client.local().messages()).isEmpty();
		this.client.local().open();
		send("3", true);
		assertThat(this.client.outline(3)).containsExactly("\"1\"", "\"2\"", "\"3\"");
	}

	@Test
	void historyWaitsForTheAcceptance() {
		send("1", true);
		send("2", false);
		this.box.joinWithHistory(this.client.channel(), "g");
		send("3", false);
		send("4", true);
		this.client.local().open();
		send("5", false);
		assertThat(this.client.outline(4)).containsExactly("\"1\"", "\"3\"", "\"4\"", "\"5\"");
	}

	@Test
	void everythingWithPositionsComesInItsOrder() {
		GroupClient first = GroupClient.connect(this.server);
		String position = first.join("g", GroupClient.POSITIONS).position();
		send("1", true);
		send("2", true);
		JoinResult result = this.client.join("g", GroupClient.POSITIONS.resumeFrom(position));
		send("3", false);
		send("4", true);
		assertThat(this.client.local().messages()).isEmpty();
		this.client.local().open();
		send("5", true);
		assertThat(result).isEqualTo(new JoinResult(ChannelAddStatus.CHANNEL_ADDED, Recovery.RECOVERED, 2, position));
		assertThat(this.client.outline(6)).containsExactly("joined RECOVERED 2", "data 1", "data 2", "data 3", "data 4",
				"data 5");
	}

	@Test
	void messagesOfSeveralGroupsComeInTheOrderOfTheJoins() {
		send("1", true);
		this.client.join("g", GroupClient.POSITIONS.withHistory());
		this.box.addChannelToGroup(Channel.builder(this.client.local().ws()).build(), "other");
		this.box.groupSend("other", "of other");
		send("2", true);
		this.client.local().open();
		assertThat(this.client.outline(4)).containsExactly("joined NOT_ASKED", "data 1", "data 2", "\"of other\"");
	}

	@Test
	void messageOfTheMomentBetweenTheJoinAndTheAcceptanceIsNotLost() throws Exception {
		for (int round = 0; round < 300; round++) {
			GroupClient client = new GroupClient(this.server, this.server.connecting());
			client.join("g", GroupClient.POSITIONS);
			String text = String.valueOf(round);
			CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(text, false));
			client.local().open();
			sending.get(10, TimeUnit.SECONDS);
			assertThat(client.outline(2)).containsExactly("joined NOT_ASKED", "data " + round);
			client.local().end();
		}
	}

	@Test
	void handshakeMayBeAcceptedDuringAJoin() throws Exception {
		send("1", true);
		this.broker.hold(Call.HISTORY);
		CompletableFuture<JoinResult> join = this.client.startJoin("g", GroupClient.POSITIONS.withHistory());
		Awaitility.await().until(() -> this.broker.heldAnswers() == 1);
		send("2", true);
		this.client.local().open();
		send("3", true);
		assertThat(this.client.local().messages()).isEmpty();
		this.broker.release();
		assertThat(join.get(10, TimeUnit.SECONDS).status()).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(this.client.outline(4)).containsExactly("joined NOT_ASKED", "data 1", "data 2", "data 3");
	}

	@Test
	void memberMayLeaveBeforeTheAcceptance() {
		this.client.join("g", GroupClient.POSITIONS);
		send("1", true);
		this.box.removeChannelFromGroup(this.client.channel(), "g");
		this.client.join("g", JoinOptions.create());
		send("2", true);
		this.client.local().open();
		assertThat(this.client.outline(1)).containsExactly("\"2\"");
	}

	@Test
	void refusedHandshakeLeavesNothing() {
		join();
		this.client.local().ws().reject(HttpStatus.FORBIDDEN);
		expectNothingLeft(403);
	}

	@Test
	void handshakeThatTakesTooLongLeavesNothing() {
		join();
		expectNothingLeft(503);
	}

	@Test
	void refusedHandshakeEndsAJoinThatWaits() throws Exception {
		this.broker.hold(Call.SUBSCRIBE);
		CompletableFuture<JoinResult> join = this.client.startJoin("g", GroupClient.POSITIONS);
		Awaitility.await().until(() -> this.broker.heldAnswers() == 1);
		this.client.local().ws().reject(HttpStatus.FORBIDDEN);
		assertThat(join.get(10, TimeUnit.SECONDS).status()).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		expectNothingLeft(403);
	}

	private void join() {
		send("1", true);
		this.client.join("g", GroupClient.POSITIONS.withHistory().presentAs("here"));
		send("2", true);
		this.box.addChannelToGroup(this.client.channel(), "other");
	}

	private void expectNothingLeft(int status) {
		LocalConnection local = this.client.local();
		assertThat(local.connection().awaitDecision()).isInstanceOfSatisfying(Decision.Rejected.class,
				(rejected) -> assertThat(rejected.reply().status().value()).isEqualTo(status));
		Awaitility.await().untilAsserted(() -> assertThat(this.server.kept()).containsOnly(0));
		assertThat(this.box.showGroups()).isEmpty();
		assertThat(this.box.presence("g").present()).isEqualTo(List.of());
		assertThat(local.messages()).isEmpty();
		assertThat(this.broker.calls()).contains("UNSUBSCRIBE g");
	}

	private void send(String text, boolean saved) {
		SendOptions options = SendOptions.create();
		this.box.groupSend("g", text, saved ? options.saveHistory() : options);
	}

}
