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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.nexios.ws.broker.PresenceStore;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.ChannelRemoveStatus;
import io.nexios.ws.channel.GroupPresence;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.Present;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import io.nexios.ws.server.group.ControlledBroker.Call;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.spi.ManualTimeSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A broker that does not answer any more. The time of the groups stands still: whoever
 * waits for an answer waits until a test moves the time.
 *
 * @author Nexios Team
 */
@Timeout(30)
class SilentBrokerTests {

	private static final int CONNECTIONS = 1_000;

	private final ManualTimeSource time = new ManualTimeSource();

	private final ControlledBroker broker = new ControlledBroker();

	private final LocalServer server = LocalServer.with(this.broker).time(this.time).build();

	private final BrokerChannelBox box = this.server.box();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void connectionsEndWithoutWaiting() {
		List<GroupClient> clients = inGroupsOfTheirOwn();
		this.broker.silence();
		long start = System.nanoTime();
		clients.forEach((client) -> client.local().end());
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		System.out.println(CONNECTIONS + " ends at a silent broker took " + millis + " ms");
		assertNothingLeft();
	}

	@Test
	void handlersCloseWithoutWaiting() {
		List<GroupClient> clients = inGroupsOfTheirOwn();
		this.broker.silence();
		clients.forEach((client) -> client.local().ws().close());
		awaitEnd(clients);
		assertNothingLeft();
	}

	@Test
	void closeAllConnectionsDoesNotWait() {
		List<GroupClient> clients = inGroupsOfTheirOwn();
		this.broker.silence();
		this.box.closeAllConnections();
		awaitEnd(clients);
		assertNothingLeft();
	}

	// A connection has left its groups when this stage completes, and not before
	private static void awaitEnd(List<GroupClient> clients) {
		clients.forEach((client) -> assertThat(client.local().ws().closed()).succeedsWithin(Duration.ofSeconds(10)));
	}

	@Test
	void flushGroupsDoesNotWait() {
		List<GroupClient> clients = inGroupsOfTheirOwn();
		this.broker.silence();
		this.box.flushGroups();
		assertThat(this.box.showGroups()).isEmpty();
		assertThat(this.broker.count(Call.UNSUBSCRIBE)).isEqualTo(CONNECTIONS);
		clients.forEach((client) -> client.local().end());
		assertNothingLeft();
	}

	@Test
	void leavingDoesNotWait() {
		List<GroupClient> clients = inGroupsOfTheirOwn();
		this.broker.silence();
		for (int i = 0; i < CONNECTIONS; i++) {
			assertThat(this.box.removeChannelFromGroup(clients.get(i).channel(), "g" + i))
				.isEqualTo(ChannelRemoveStatus.GROUP_REMOVED);
		}
		clients.forEach((client) -> client.local().end());
		assertNothingLeft();
	}

	private List<GroupClient> inGroupsOfTheirOwn() {
		List<GroupClient> clients = new ArrayList<>();
		for (int i = 0; i < CONNECTIONS; i++) {
			GroupClient client = GroupClient.connect(this.server);
			client.join("g" + i, JoinOptions.create());
			clients.add(client);
		}
		return clients;
	}

	private void assertNothingLeft() {
		assertThat(this.box.showGroups()).isEmpty();
		assertThat(this.server.kept()).containsOnly(0);
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void joinFailsInTimeAndLeavesNothing() throws Exception {
		this.broker.hold(Call.SUBSCRIBE);
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> join = client.startJoin("g", JoinOptions.create());
		awaitHeld(1);
		this.time.advance(Duration.ofMillis(1_999));
		assertThat(join).isNotDone();
		assertThat(this.box.showGroups()).isEmpty();
		this.time.advance(Duration.ofMillis(1));
		assertUnavailable(join);
		assertThat(this.broker.calls()).containsExactly("SUBSCRIBE g", "UNSUBSCRIBE g");
		assertThat(this.server.kept()).containsExactly(1, 0, 1, 0);
		client.local().end();
		assertNothingLeft();
	}

	@Test
	void joinThatReadsTheHistoryFailsInTimeAndLeavesNothing() throws Exception {
		this.broker.hold(Call.HISTORY);
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> join = client.startJoin("g", JoinOptions.create().withHistory());
		awaitHeld(1);
		this.time.advance(Duration.ofSeconds(2));
		assertUnavailable(join);
		assertThat(this.broker.calls()).containsExactly("SUBSCRIBE g", "HISTORY g", "UNSUBSCRIBE g");
		assertThat(this.server.kept()).containsExactly(1, 0, 1, 0);
		this.broker.answer();
		assertThat(client.join("g", JoinOptions.create().withHistory()).status())
			.isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
	}

	@Test
	void answerThatComesTooLateChangesNothing() throws Exception {
		this.broker.hold(Call.SUBSCRIBE);
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> join = client.startJoin("g", JoinOptions.create());
		awaitHeld(1);
		this.time.advance(Duration.ofSeconds(2));
		assertUnavailable(join);
		this.broker.release();
		assertThat(this.server.kept()).containsExactly(1, 0, 1, 0);
		this.broker.answer();
		client.join("g", JoinOptions.create());
		this.box.groupSend("g", "x");
		assertThat(client.local().awaitMessages(1)).containsExactly("\"x\"");
		assertThat(this.broker.calls()).startsWith("SUBSCRIBE g", "UNSUBSCRIBE g", "SUBSCRIBE g");
	}

	@Test
	void answerToAnEarlierSubscriptionDoesNotCountForALaterOne() throws Exception {
		this.broker.hold(Call.SUBSCRIBE);
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> first = client.startJoin("g", JoinOptions.create());
		awaitHeld(1);
		this.time.advance(Duration.ofSeconds(2));
		assertUnavailable(first);
		CompletableFuture<JoinResult> second = client.startJoin("g", JoinOptions.create());
		awaitHeld(2);
		assertThat(second).isNotDone();
		this.broker.release();
		assertThat(second.get(10, TimeUnit.SECONDS).status()).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
	}

	@Test
	void otherGroupsAreJoinedMeanwhile() {
		this.broker.hold(Call.SUBSCRIBE, "silent"::equals);
		this.broker.hold(Call.HISTORY, "silent"::equals);
		List<CompletableFuture<JoinResult>> joins = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			joins.add(GroupClient.connect(this.server).startJoin("silent", JoinOptions.create().withHistory()));
		}
		awaitHeld(1);
		GroupClient client = GroupClient.connect(this.server);
		JoinOptions options = JoinOptions.create().withHistory();
		assertThat(client.join("other", options).status()).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		// Also by a connection that is joining the silent group
		CompletableFuture<JoinResult> join = client.startJoin("silent", options);
		assertThat(client.join("another", options).status()).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		joins.add(join);
		assertThat(joins).noneMatch(CompletableFuture::isDone);
		client.local().end();
		assertThat(join).succeedsWithin(Duration.ofSeconds(10))
			.extracting(JoinResult::status)
			.isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		joins.remove(join);
		Awaitility.await().until(() -> this.time.waiting() >= joins.size());
		this.time.advance(Duration.ofSeconds(2));
		assertThat(joins).allSatisfy(this::assertUnavailable);
	}

	@Test
	void groupSendIsToldThatTheOutcomeIsUnknown() throws Exception {
		this.broker.hold(Call.PUBLISH);
		CompletableFuture<?> sending = start(() -> this.box.groupSend("g", "x"));
		awaitHeld(1);
		CompletableFuture<?> async = this.box.groupSendAsync("g", "x", SendOptions.create()).toCompletableFuture();
		awaitTimers(2);
		this.time.advance(Duration.ofSeconds(2));
		assertThat(failure(sending)).isInstanceOf(SendOutcomeUnknownException.class);
		assertThat(failure(async)).isInstanceOf(SendOutcomeUnknownException.class);
		this.broker.release();
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void whoReadsOneGroupWaitsForTheTimeout() throws Exception {
		this.broker.silence();
		CompletableFuture<?> position = start(() -> this.box.position("g"));
		CompletableFuture<?> history = start(() -> this.box.showHistory("g"));
		awaitTimers(2);
		this.time.advance(Duration.ofMillis(1_999));
		assertThat(position).isNotDone();
		assertThat(history).isNotDone();
		this.time.advance(Duration.ofMillis(1));
		assertUnavailable(position);
		assertUnavailable(history);
		assertThat(this.box.presence("g")).isEqualTo(GroupPresence.NONE);
	}

	@Test
	void whoReadsAllGroupsMayWaitLonger() throws Exception {
		this.broker.silence();
		CompletableFuture<?> histories = start(this.box::showHistory);
		CompletableFuture<?> flush = start(() -> {
			this.box.flushHistory();
			return "flushed";
		});
		awaitTimers(2);
		this.time.advance(Duration.ofSeconds(30));
		assertThat(histories).isNotDone();
		this.broker.release();
		assertThat(histories.get(10, TimeUnit.SECONDS)).isNotNull();
		assertThat(flush.get(10, TimeUnit.SECONDS)).isEqualTo("flushed");
	}

	@Test
	void presenceOfAStoreThatDoesNotAnswerFailsInTime() throws Exception {
		LocalServer server = LocalServer.with(new DelegatingBroker(this.broker) {

			@Override
			public PresenceStore presence() {
				return new SilentPresence();
			}

		}).time(this.time).build();
		try (server) {
			CompletableFuture<?> presence = start(() -> server.box().presence("g"));
			awaitTimers(1);
			this.time.advance(Duration.ofSeconds(2));
			assertUnavailable(presence);
		}
	}

	@Test
	void interruptedJoinLeavesNothing() throws Exception {
		this.broker.hold(Call.SUBSCRIBE);
		LocalConnection local = this.server.connect();
		CompletableFuture<Throwable> failed = new CompletableFuture<>();
		Thread joining = new Thread(() -> {
			try {
				this.box.addChannelToGroup(Channel.of(local.ws()), "g");
			}
			catch (RuntimeException ex) {
				failed.complete(ex);
			}
		}, "joining");
		joining.start();
		awaitHeld(1);
		joining.interrupt();
		assertThat(failed.get(10, TimeUnit.SECONDS)).hasMessageContaining("Interrupted");
		joining.join(10_000);
		assertThat(this.server.kept()).containsExactly(1, 0, 1, 0);
	}

	@Test
	void timersOfAThousandJoinsAreCancelledByTheAnswer() {
		this.broker.hold(Call.SUBSCRIBE);
		List<CompletableFuture<JoinResult>> joins = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			joins.add(GroupClient.connect(this.server).startJoin("g", JoinOptions.create()));
		}
		awaitTimers(51);
		this.broker.release();
		joins.forEach((join) -> assertThat(join).succeedsWithin(Duration.ofSeconds(10)));
		assertThat(this.time.waiting()).isZero();
		assertThat(this.broker.count(Call.SUBSCRIBE)).isEqualTo(1);
	}

	private void awaitHeld(int count) {
		Awaitility.await().until(() -> this.broker.heldAnswers() >= count);
		// The caller sets its timer after the call of the broker
		awaitTimers(count);
	}

	private void awaitTimers(int count) {
		Awaitility.await().until(() -> this.time.waiting() >= count);
	}

	private static CompletableFuture<Object> start(Supplier<Object> call) {
		return CompletableFuture.supplyAsync(call, (task) -> {
			Thread thread = new Thread(task, "calling");
			thread.setDaemon(true);
			thread.start();
		});
	}

	private void assertUnavailable(CompletableFuture<?> call) {
		assertThat(failure(call)).isInstanceOf(GroupsUnavailableException.class)
			.isNotInstanceOf(SendOutcomeUnknownException.class)
			.hasMessageContaining("in time");
	}

	private static Throwable failure(CompletableFuture<?> call) {
		try {
			call.get(10, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			return (ex.getCause() instanceof CompletionException wrapper) ? wrapper.getCause() : ex.getCause();
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new AssertionError("The call has not ended", ex);
		}
		throw new AssertionError("The call has not failed");
	}

	@Test
	void brokerThatReturnsNoStageHasFailed() {
		LocalServer server = LocalServer.with(new DelegatingBroker(this.broker) {

			@Override
			@SuppressWarnings("NullAway")
			public CompletionStage<Acceptance> publish(Publication publication) {
				return null;
			}

		}).time(this.time).build();
		try (server) {
			assertThatExceptionOfType(GroupsUnavailableException.class)
				.isThrownBy(() -> server.box().groupSend("g", "x"));
		}
	}

	private static final class SilentPresence implements PresenceStore {

		@Override
		public void members(String group, int count) {
		}

		@Override
		public void present(String group, Present present) {
		}

		@Override
		public void absent(String group, String channelId) {
		}

		@Override
		public CompletionStage<GroupPresence> read(String group, int limit) {
			return new CompletableFuture<>();
		}

	}

}
