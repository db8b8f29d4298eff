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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.ChannelRemoveStatus;
import io.nexios.ws.channel.GroupJoinedEvent;
import io.nexios.ws.channel.GroupLeftEvent;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.group.ControlledBroker.Call;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Joins during which something else happens to the same channel or its connection.
 *
 * @author Nexios Team
 */
@Timeout(30)
class JoinOutcomeTests {

	private static final JoinOptions HISTORY = JoinOptions.create().withHistory();

	private final ControlledBroker broker = new ControlledBroker();

	private final LocalServer server = LocalServer.with(this.broker).build();

	private final BrokerChannelBox box = this.server.box();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "SUBSCRIBE", "HISTORY" })
	void secondJoinWaitsForTheFirst(Call held) throws Exception {
		save(1);
		this.broker.hold(held);
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> first = client.startJoin("g", HISTORY);
		awaitHeld(1);
		CompletableFuture<JoinResult> second = client.startJoin("g", GroupClient.POSITIONS.withHistory());
		CompletableFuture<JoinResult> third = client.startJoin("g", JoinOptions.create());
		Awaitility.await().until(() -> this.server.timers() >= 3);
		assertThat(first).isNotDone();
		assertThat(second).isNotDone();
		assertThat(third).isNotDone();
		this.broker.release();
		assertThat(status(first)).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(status(second)).isEqualTo(ChannelAddStatus.CHANNEL_EXIST);
		assertThat(status(third)).isEqualTo(ChannelAddStatus.CHANNEL_EXIST);
		assertThat(client.outline(1)).containsExactly("1");
	}

	@Test
	void secondJoinAsksTheBrokerAgainIfTheFirstFails() throws Exception {
		FailingOnce broker = new FailingOnce();
		try (LocalServer server = LocalServer.with(broker).build()) {
			GroupClient client = GroupClient.connect(server);
			CompletableFuture<JoinResult> first = client.startJoin("g", JoinOptions.create());
			Awaitility.await().until(() -> broker.subscriptions.get() == 1 && server.timers() >= 2);
			CompletableFuture<JoinResult> second = client.startJoin("g", JoinOptions.create());
			Awaitility.await().until(() -> server.timers() >= 3);
			broker.first.completeExceptionally(new IllegalStateException("unreachable"));
			assertThat(first).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.withRootCauseInstanceOf(IllegalStateException.class)
				.havingCause()
				.isInstanceOf(GroupsUnavailableException.class);
			assertThat(status(second)).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
			assertThat(broker.subscriptions).hasValue(2);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SUBSCRIBE", "HISTORY" })
	void connectionThatEndsDuringAJoinLeavesNothing(Call held) throws Exception {
		this.broker.hold(held);
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> first = client.startJoin("g", HISTORY);
		CompletableFuture<JoinResult> second = client.startJoin("g", HISTORY);
		CompletableFuture<JoinResult> other = GroupClient.connect(this.server).startJoin("other", HISTORY);
		awaitHeld(2);
		Awaitility.await().until(() -> this.server.timers() >= 3);
		client.local().end();
		// The broker has not answered yet
		assertThat(status(first)).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		assertThat(status(second)).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		assertThat(other).isNotDone();
		assertThat(this.box.channels("g")).isEmpty();
		assertThat(this.broker.calls()).contains("SUBSCRIBE g", "UNSUBSCRIBE g");
		this.broker.release();
		assertThat(status(other)).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(this.server.kept()).containsExactly(1, 0, 1, 1);
	}

	@ParameterizedTest
	@EnumSource(names = { "SUBSCRIBE", "HISTORY" })
	void otherMembersStayIfAConnectionEndsDuringAJoin(Call held) throws Exception {
		this.broker.hold(held);
		GroupClient ends = GroupClient.connect(this.server);
		GroupClient stays = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> first = ends.startJoin("g", HISTORY);
		CompletableFuture<JoinResult> second = stays.startJoin("g", HISTORY);
		awaitHeld(1);
		Awaitility.await().until(() -> this.server.timers() >= 3);
		ends.local().ws().close();
		assertThat(status(first)).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		save(1);
		this.broker.release();
		assertThat(status(second)).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		save(2);
		assertThat(stays.outline(2)).containsExactly("1", "2");
		assertThat(this.broker.count(Call.SUBSCRIBE)).isEqualTo(1);
		assertThat(this.broker.count(Call.UNSUBSCRIBE)).isZero();
	}

	@Test
	void leaveDoesNotWaitForAJoin() throws Exception {
		this.broker.hold(Call.HISTORY);
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> join = client.startJoin("g", HISTORY);
		awaitHeld(1);
		assertThat(this.box.removeChannelFromGroup(client.channel(), "g"))
			.isNotEqualTo(ChannelRemoveStatus.CHANNEL_REMOVED);
		this.broker.release();
		assertThat(status(join)).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(this.box.removeChannelFromGroup(client.channel(), "g")).isEqualTo(ChannelRemoveStatus.GROUP_REMOVED);
	}

	@Test
	void joinThatFailsIsNotTold() throws Exception {
		this.server.listen();
		this.broker.hold(Call.HISTORY);
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> join = client.startJoin("g", HISTORY);
		awaitHeld(1);
		client.local().end();
		assertThat(status(join)).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		assertThat(this.server.events())
			.noneMatch((event) -> event instanceof GroupJoinedEvent || event instanceof GroupLeftEvent);
	}

	@Test
	void joinsOfDifferentChannelsOfAConnectionDoNotWaitForEachOther() throws Exception {
		this.broker.hold(Call.SUBSCRIBE, "slow"::equals);
		LocalConnection local = this.server.connect();
		GroupClient client = new GroupClient(this.server, local);
		CompletableFuture<JoinResult> slow = client.startJoin("slow", JoinOptions.create());
		awaitHeld(1);
		Channel second = Channel.builder(local.ws()).build();
		assertThat(this.box.addChannelToGroup(second, "g")).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(this.box.addChannelToGroup(client.channel(), "g")).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(slow).isNotDone();
		this.broker.release();
		assertThat(status(slow)).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
	}

	@Test
	void memberKeepsNothingOfWhatItsJoinHasWaitedFor() throws Exception {
		this.broker.hold(Call.SUBSCRIBE, Call.HISTORY);
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> join = client.startJoin("g", HISTORY);
		awaitHeld(1);
		this.broker.release();
		awaitHeld(1);
		this.broker.release();
		assertThat(status(join)).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(this.server.memberships()).singleElement().isInstanceOfSatisfying(Membership.class, (membership) -> {
			assertThat(membership.ended().getNumberOfDependents()).isZero();
			assertThat(membership.outcome().getNumberOfDependents()).isZero();
		});
	}

	@Test
	void answerThatCannotBeUsedFailsTheJoinAtOnce() {
		try (LocalServer server = LocalServer.with(new UselessBroker()).build()) {
			GroupClient client = GroupClient.connect(server);
			assertThatExceptionOfType(GroupsUnavailableException.class)
				.isThrownBy(() -> client.join("no position", JoinOptions.create()));
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(GroupsUnavailableException.class).isThrownBy(() -> client.join("g", HISTORY))
					.withMessageNotContaining("has not answered");
			}
			assertThat(server.kept()).containsExactly(1, 0, 1, 0);
			assertThat(server.box().groupSendAsync("g", "x", SendOptions.create()).toCompletableFuture())
				.failsWithin(Duration.ofSeconds(10));
		}
	}

	private static ChannelAddStatus status(CompletableFuture<JoinResult> join) throws Exception {
		return join.get(10, TimeUnit.SECONDS).status();
	}

	private void save(int number) {
		this.box.groupSend("g", number, SendOptions.create().saveHistory());
	}

	private void awaitHeld(int count) {
		Awaitility.await().until(() -> this.broker.heldAnswers() >= count);
	}

	private static final class FailingOnce extends DelegatingBroker {

		private final AtomicInteger subscriptions = new AtomicInteger();

		private final CompletableFuture<Position> first = new CompletableFuture<>();

		FailingOnce() {
			super(LocalServer.broker(10));
		}

		@Override
		public CompletionStage<Position> subscribe(String group) {
			return (this.subscriptions.incrementAndGet() == 1) ? this.first : super.subscribe(group);
		}

	}

	/**
	 * Completes its stages with nothing.
	 */
	private static final class UselessBroker extends DelegatingBroker {

		UselessBroker() {
			super(LocalServer.broker(10));
		}

		@Override
		public CompletionStage<Position> subscribe(String group) {
			return group.equals("g") ? super.subscribe(group) : nothing();
		}

		@Override
		public CompletionStage<Acceptance> publish(Publication publication) {
			return nothing();
		}

		@Override
		public CompletionStage<History> history(String group, @Nullable Position after) {
			return nothing();
		}

		@SuppressWarnings("NullAway")
		private static <T> CompletionStage<T> nothing() {
			return CompletableFuture.completedStage(null);
		}

	}

}
