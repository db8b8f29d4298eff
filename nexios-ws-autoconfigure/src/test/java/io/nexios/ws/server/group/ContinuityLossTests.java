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

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.GroupContinuityLostEvent;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.group.ControlledBroker.Call;
import io.nexios.ws.server.group.delivery.PositionTokens;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.server.observer.ServerObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Losses that the broker reports.
 *
 * @author Nexios Team
 */
@Timeout(30)
class ContinuityLossTests {

	private static final PositionTokens TOKENS = new PositionTokens("g");

	private static final Position NEW_EPOCH = new Position(4711, 3, 42);

	private final ControlledBroker broker = new ControlledBroker();

	private final List<String> observed = new CopyOnWriteArrayList<>();

	private final LocalServer server = LocalServer.with(this.broker).observer(new Observer()).build();

	private final BrokerChannelBox box = this.server.box();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void membersWithPositionsAreToldInTheRightPlace(Loss.Reason reason) {
		GroupClient with = GroupClient.connect(this.server);
		GroupClient without = GroupClient.connect(this.server);
		with.join("g", GroupClient.POSITIONS);
		without.join("g", JoinOptions.create());
		save("1");
		lose(reason);
		save("2");
		assertThat(with.outline(4)).containsExactly("joined NOT_ASKED", "data 1", "lost " + reason, "data 2");
		assertThat((String) with.local().messages().get(2)).contains(TOKENS.write(NEW_EPOCH));
		assertThat(without.outline(2)).containsExactly("\"1\"", "\"2\"");
		assertThat(this.observed).containsExactly("lost " + reason.name().toLowerCase(Locale.ROOT));
	}

	@ParameterizedTest
	@EnumSource
	void listenersAreToldOnAThreadOfTheServer(Loss.Reason reason) {
		this.server.listen();
		lose(reason);
		Awaitility.await().until(() -> !this.server.events().isEmpty());
		assertThat(this.server.events())
			.containsExactly(new GroupContinuityLostEvent("g", GroupContinuityLostEvent.Reason.valueOf(reason.name())));
		assertThat(this.server.threadsOfEvents()).singleElement().asString().startsWith("nexios-ws-");
		assertThat(this.server.kept()).containsOnly(0);
	}

	@Test
	void positionFromBeforeTheLossIsNotRecoveredAndThatOfTheLossIs() {
		GroupClient client = GroupClient.connect(this.server);
		client.join("g", GroupClient.POSITIONS);
		save("1");
		String before = client.lastPosition(2);
		lose(Loss.Reason.EPOCH);
		assertThat(client.outline(3)).last().isEqualTo("lost EPOCH");
		assertThat(resume(before)).isEqualTo(Recovery.NOT_RECOVERED);
		assertThat(resume(client.lastPosition(3))).isEqualTo(Recovery.RECOVERED);
		assertThat(this.observed).containsExactly("lost epoch", "resumed false", "resumed true");
	}

	private Recovery resume(String position) {
		GroupClient client = GroupClient.connect(this.server);
		return client.join("g", GroupClient.POSITIONS.resumeFrom(position)).recovery();
	}

	@Test
	void gapOfTheSameEpochIsNotBridgedByWhatWasRead() {
		GroupClient stays = GroupClient.connect(this.server);
		String start = stays.join("g", GroupClient.POSITIONS).position();
		save("1");
		assertThat(resume(start)).isEqualTo(Recovery.RECOVERED);
		this.broker.holdDeliveries();
		Position last = end();
		save("2");
		save("3");
		this.broker.lose(new Loss("g", last, end(), Loss.Reason.UNREADABLE));
		save("4");
		this.broker.deliver(1);
		// The broker still has all of them
		GroupClient client = GroupClient.connect(this.server);
		assertThat(client.join("g", GroupClient.POSITIONS.resumeFrom(start)).missed()).isEqualTo(4);
		assertThat(client.outline(5)).containsExactly("joined RECOVERED 4", "data 1", "data 2", "data 3", "data 4");
		assertThat(stays.outline(4)).containsExactly("joined NOT_ASKED", "data 1", "lost UNREADABLE", "data 4");
	}

	@Test
	void resumeIsRecoveredUpToALossThatComesMeanwhile() throws Exception {
		GroupClient.connect(this.server).join("g", JoinOptions.create());
		String start = this.box.position("g");
		save("1");
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> join = startJoin(client, GroupClient.POSITIONS.resumeFrom(start));
		lose(Loss.Reason.EPOCH);
		this.broker.release();
		// What it gets ends where the group was when it was added
		assertThat(join.get(10, TimeUnit.SECONDS).recovery()).isEqualTo(Recovery.RECOVERED);
		assertThat(client.outline(3)).containsExactly("joined RECOVERED 1", "data 1", "lost EPOCH");
	}

	@Test
	void historyThatWasReadDuringALossIsThatOfTheMomentOfTheJoin() throws Exception {
		GroupClient.connect(this.server).join("g", JoinOptions.create());
		save("1");
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> join = startJoin(client, GroupClient.POSITIONS.withHistory());
		lose(Loss.Reason.FORK);
		this.box.groupSend("g", "2");
		this.broker.release();
		assertThat(join.get(10, TimeUnit.SECONDS).recovery()).isEqualTo(Recovery.NOT_ASKED);
		assertThat(client.outline(4)).containsExactly("joined NOT_ASKED", "data 1", "lost FORK", "data 2");
	}

	@Test
	void memberThatJoinsAfterTheLossIsNotTold() {
		GroupClient.connect(this.server).join("g", JoinOptions.create());
		lose(Loss.Reason.FORK);
		GroupClient client = GroupClient.connect(this.server);
		client.join("g", GroupClient.POSITIONS);
		this.box.groupSend("g", "next");
		assertThat(client.outline(2)).containsExactly("joined NOT_ASKED", "data next");
		assertThat(client.lastPosition(1)).isEqualTo(TOKENS.write(NEW_EPOCH));
	}

	@Test
	void lossBeforeTheAcceptanceWaitsInItsPlace() {
		GroupClient client = new GroupClient(this.server, this.server.connecting());
		client.join("g", GroupClient.POSITIONS);
		this.box.groupSend("g", "1");
		lose(Loss.Reason.RETENTION);
		this.box.groupSend("g", "2");
		client.local().open();
		assertThat(client.outline(4)).containsExactly("joined NOT_ASKED", "data 1", "lost RETENTION", "data 2");
	}

	private CompletableFuture<JoinResult> startJoin(GroupClient client, JoinOptions options) {
		this.broker.hold(Call.HISTORY);
		CompletableFuture<JoinResult> join = client.startJoin("g", options);
		Awaitility.await().until(() -> this.broker.heldAnswers() == 1);
		return join;
	}

	private void lose(Loss.Reason reason) {
		this.broker.lose(new Loss("g", end(), NEW_EPOCH, reason));
	}

	private Position end() {
		Position end = TOKENS.read(this.box.position("g"));
		assertThat(end).isNotNull();
		return end;
	}

	private void save(String text) {
		this.box.groupSend("g", text, SendOptions.create().saveHistory());
	}

	private final class Observer implements ServerObserver {

		@Override
		public void groupContinuityLost(String reason) {
			ContinuityLossTests.this.observed.add("lost " + reason);
		}

		@Override
		public void groupResumed(boolean recovered) {
			ContinuityLossTests.this.observed.add("resumed " + recovered);
		}

	}

}
