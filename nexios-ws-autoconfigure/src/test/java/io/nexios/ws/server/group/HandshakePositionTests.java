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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.handler.LocalServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Positions that the request of the handshake has.
 *
 * @author Nexios Team
 */
@Timeout(30)
class HandshakePositionTests {

	private static final JoinOptions RESUME = GroupClient.POSITIONS.resume();

	private final FailingBroker broker = new FailingBroker();

	private final LocalServer server = LocalServer.with(this.broker).build();

	private final BrokerChannelBox box = this.server.box();

	private String position;

	private String other;

	@BeforeEach
	void missMessages() {
		this.position = this.box.position("g");
		this.other = this.box.position("other");
		for (String group : List.of("g", "other")) {
			this.box.groupSend(group, "missed in " + group, SendOptions.create().saveHistory());
		}
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void eachGroupFindsItsPosition() {
		GroupClient client = connect(this.other, this.position);
		assertThat(client.join("g", RESUME))
			.isEqualTo(new JoinResult(ChannelAddStatus.CHANNEL_ADDED, Recovery.RECOVERED, 1, this.position));
		assertThat(client.join("other", RESUME).recovery()).isEqualTo(Recovery.RECOVERED);
		assertThat(client.outline(4)).containsExactly("joined RECOVERED 1", "data missed in g", "joined RECOVERED 1",
				"data missed in other");
	}

	@Test
	void positionsOfOtherGroupsAndRubbishAreIgnored() {
		GroupClient client = connect("", "rubbish", "A".repeat(40), this.other, "*".repeat(40), null,
				this.position + "=", "x".repeat(10_000), this.position);
		assertThat(client.join("g", RESUME).recovery()).isEqualTo(Recovery.RECOVERED);
	}

	@Test
	void withoutAPositionOfTheGroupNothingIsAsked() {
		for (GroupClient client : List.of(connect(), connect("", "rubbish", this.other, null),
				GroupClient.connect(this.server))) {
			assertThat(client.join("g", RESUME).recovery()).isEqualTo(Recovery.NOT_ASKED);
			assertThat(client.outline(1)).containsExactly("joined NOT_ASKED");
		}
	}

	@Test
	void withoutAPositionTheHistoryIsSentIfAskedFor() {
		GroupClient client = connect(this.other);
		assertThat(client.join("g", RESUME.withHistory()).recovery()).isEqualTo(Recovery.NOT_ASKED);
		assertThat(client.outline(2)).containsExactly("joined NOT_ASKED", "data missed in g");
	}

	@Test
	void positionIsGoodForTheFirstJoinOnly() {
		GroupClient client = connect(this.position);
		assertThat(client.join("g", RESUME).recovery()).isEqualTo(Recovery.RECOVERED);
		this.box.removeChannelFromGroup(client.channel(), "g");
		assertThat(client.join("g", RESUME).recovery()).isEqualTo(Recovery.NOT_ASKED);
		Channel second = Channel.builder(client.local().ws()).build();
		assertThat(this.box.join(second, "g", RESUME).recovery()).isEqualTo(Recovery.NOT_ASKED);
	}

	@Test
	void firstJoinUsesThePositionUpThoughItDoesNotResume() {
		GroupClient client = connect(this.position);
		assertThat(client.join("g", JoinOptions.create()).recovery()).isEqualTo(Recovery.NOT_ASKED);
		this.box.removeChannelFromGroup(client.channel(), "g");
		assertThat(client.join("g", RESUME).recovery()).isEqualTo(Recovery.NOT_ASKED);
	}

	@Test
	void secondOfTwoPositionsOfAGroupIsNotUsedLater() {
		GroupClient client = connect(this.position, this.box.position("g"));
		assertThat(client.join("g", RESUME).missed()).isEqualTo(1);
		this.box.removeChannelFromGroup(client.channel(), "g");
		assertThat(client.join("g", RESUME).recovery()).isEqualTo(Recovery.NOT_ASKED);
	}

	@Test
	void joinAtAnyTimeMayBeTheFirst() {
		GroupClient client = connect(this.position, this.other);
		client.join("third", RESUME);
		client.join("other", RESUME);
		this.box.groupSend("g", "missed later", SendOptions.create().saveHistory());
		assertThat(client.join("g", RESUME).missed()).isEqualTo(2);
	}

	@Test
	void joinThatFailsDoesNotUseThePositionUp() {
		GroupClient client = connect(this.position);
		this.broker.failing = true;
		assertThatExceptionOfType(GroupsUnavailableException.class).isThrownBy(() -> client.join("g", RESUME));
		this.broker.failing = false;
		assertThat(client.join("g", RESUME).recovery()).isEqualTo(Recovery.RECOVERED);
	}

	@Test
	void positionOfAnotherEpochIsNotRecovered() {
		GroupClient client = connect(this.position.substring(0, 10) + "AAAA" + this.position.substring(14));
		assertThat(client.join("g", RESUME).recovery()).isEqualTo(Recovery.NOT_RECOVERED);
		assertThat(client.outline(1)).containsExactly("joined NOT_RECOVERED");
	}

	@Test
	void positionOfTheMessageCountsBeforeThatOfTheHandshake() {
		GroupClient client = connect(this.position);
		JoinOptions options = GroupClient.POSITIONS.resumeFrom(this.box.position("g"));
		assertThat(client.join("g", options).missed()).isZero();
	}

	private GroupClient connect(String... positions) {
		GroupClient client = new GroupClient(this.server,
				this.server.connecting(new ArrayList<>(Arrays.asList(positions))));
		client.local().open();
		return client;
	}

	private static final class FailingBroker extends DelegatingBroker {

		private volatile boolean failing;

		FailingBroker() {
			super(LocalServer.broker(10));
		}

		@Override
		public CompletionStage<Position> subscribe(String group) {
			if (this.failing) {
				throw new IllegalStateException("unreachable");
			}
			return super.subscribe(group);
		}

	}

}
