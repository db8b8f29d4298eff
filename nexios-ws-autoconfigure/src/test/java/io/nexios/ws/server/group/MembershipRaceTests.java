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
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.WebSocketConnectedEvent;
import io.nexios.ws.WebSocketDisconnectedEvent;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.ChannelRemoveStatus;
import io.nexios.ws.channel.GroupJoinedEvent;
import io.nexios.ws.channel.GroupLeftEvent;
import io.nexios.ws.channel.GroupSendStatus;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Joins, leaves, messages and ends at the same moment.
 *
 * @author Nexios Team
 */
@Timeout(120)
class MembershipRaceTests {

	private final GroupBroker broker = broker();

	private final LocalServer server = LocalServer.with(this.broker).build();

	private final BrokerChannelBox box = this.server.box();

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	GroupBroker broker() {
		return LocalServer.broker(100);
	}

	int rounds() {
		return 10_000;
	}

	// Rounds with connections of their own
	private int connections() {
		return rounds() / 4;
	}

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
		this.server.close();
		this.broker.close();
	}

	@Test
	void nobodyIsLeftBehindHoweverJoiningAndEndingRace() throws Exception {
		LocalConnection next = this.server.connect();
		for (int round = 0; round < connections(); round++) {
			LocalConnection local = this.server.connect();
			Channel channel = Channel.of(local.ws());
			boolean byServer = round % 2 == 0;
			atOnce(() -> this.box.joinWithHistory(channel, "a"), () -> this.box.addChannelToGroup(channel, "b"),
					() -> this.box.groupSend("a", 1, SendOptions.create().saveHistory()), () -> {
						if (byServer) {
							local.ws().close();
						}
						local.end();
						return null;
					});
			assertThat(local.ws().closed()).succeedsWithin(Duration.ofSeconds(10));
			assertThat(this.box.addChannelToGroup(channel, "c")).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
			assertThat(this.box.showGroups()).as("Groups after round %d", round).isEmpty();
			this.box.addChannelToGroup(Channel.of(next.ws()), "a");
			expectDelivery("a", "to the next member, " + round, List.of(next));
			this.box.removeChannelFromGroup(Channel.of(next.ws()), "a");
		}
		next.end();
		assertThat(this.server.kept()).containsOnly(0);
	}

	@Test
	void memberThatJoinsWhileTheLastOneLeavesGetsTheNextMessage() throws Exception {
		List<LocalConnection> locals = List.of(this.server.connect(), this.server.connect());
		this.box.addChannelToGroup(Channel.of(locals.get(0).ws()), "g");
		for (int round = 0; round < rounds(); round++) {
			LocalConnection leaves = locals.get(round % 2);
			LocalConnection joins = locals.get((round + 1) % 2);
			atOnce(() -> this.box.removeChannelFromGroup(Channel.of(leaves.ws()), "g"),
					() -> this.box.addChannelToGroup(Channel.of(joins.ws()), "g"));
			expectDelivery("g", "round " + round, List.of(joins));
		}
		locals.forEach(LocalConnection::end);
		assertThat(this.server.kept()).containsOnly(0);
	}

	private void expectDelivery(String group, String text, List<LocalConnection> members) {
		assertThat(this.box.channels(group))
			.containsExactlyInAnyOrderElementsOf(members.stream().map((local) -> Channel.of(local.ws())).toList());
		List<Integer> counts = members.stream().map((local) -> local.messages().size()).toList();
		assertThat(this.box.groupSend(group, text)).as(text).isEqualTo(GroupSendStatus.GROUP_SEND);
		for (int i = 0; i < members.size(); i++) {
			assertThat(members.get(i).awaitMessages(counts.get(i) + 1)).last().isEqualTo("\"" + text + "\"");
		}
		members.forEach(LocalConnection::forgetMessages);
	}

	@Test
	void everyLeaveIsToldOnceAndTheGroupIsGoneOnce() throws Exception {
		LocalConnection first = this.server.connect();
		LocalConnection second = this.server.connect();
		Channel one = Channel.of(first.ws());
		Channel other = Channel.of(second.ws());
		for (int round = 0; round < rounds(); round++) {
			this.box.addChannelToGroup(one, "g");
			this.box.addChannelToGroup(other, "g");
			List<Object> statuses = atOnce(() -> this.box.removeChannelFromGroup(one, "g"),
					() -> this.box.removeChannelFromGroup(other, "g"));
			assertThat(statuses).containsExactlyInAnyOrder(ChannelRemoveStatus.CHANNEL_REMOVED,
					ChannelRemoveStatus.GROUP_REMOVED);
			assertThat(this.box.groupSend("g", round)).isEqualTo(GroupSendStatus.NO_SUCH_GROUP);
		}
	}

	@Test
	void everybodyDoingEverythingLeavesNothing() throws Exception {
		List<LocalConnection> connections = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			connections.add(this.server.connect());
		}
		Callable<Object> work = () -> {
			ThreadLocalRandom random = ThreadLocalRandom.current();
			for (int i = 0; i < rounds(); i++) {
				Channel channel = Channel.of(connections.get(random.nextInt(connections.size())).ws());
				String group = "g" + random.nextInt(3);
				switch (random.nextInt(6)) {
					case 0, 1 -> this.box.addChannelToGroup(channel, group);
					case 2 -> this.box.joinWithHistory(channel, group);
					case 3 -> this.box.removeChannelFromGroup(channel, group);
					case 4 -> assertThat(this.box.groupSend(group, i)).isIn(GroupSendStatus.GROUP_SEND,
							GroupSendStatus.NO_SUCH_GROUP);
					default -> {
						this.box.showGroups();
						if (i % 50 == 0) {
							this.box.flushGroups();
						}
					}
				}
			}
			return "done";
		};
		atOnce(work, work, work, work);
		for (String group : List.of("g0", "g1", "g2")) {
			expectLastMessage(group, connections);
		}
		connections.forEach(LocalConnection::end);
		assertThat(this.box.showGroups()).isEmpty();
		assertThat(this.server.kept()).containsOnly(0);
	}

	private void expectLastMessage(String group, List<LocalConnection> connections) {
		List<LocalConnection> members = connections.stream()
			.filter((local) -> this.box.channels(group).contains(Channel.of(local.ws())))
			.toList();
		assertThat(this.box.groupSend(group, "last of " + group))
			.isEqualTo(members.isEmpty() ? GroupSendStatus.NO_SUCH_GROUP : GroupSendStatus.GROUP_SEND);
		for (LocalConnection member : members) {
			Awaitility.await().until(() -> member.messages().contains("\"last of " + group + "\""));
		}
	}

	@Test
	void manyCyclesLeaveNothing() {
		for (int i = 0; i < connections(); i++) {
			LocalConnection local = this.server.connect();
			Channel channel = Channel.of(local.ws());
			this.box.addChannelToGroup(channel, "g" + i);
			this.box.addChannelToGroup(Channel.builder(local.ws()).build(), "h" + i % 10);
			this.box.groupSend("g" + i, i);
			this.box.removeChannelFromGroup(channel, "g" + i);
			local.ws().close();
			local.end();
		}
		assertThat(this.server.kept()).containsOnly(0);
	}

	@Test
	void eventsOfJoiningAndLeavingMatchWhateverRaces() throws Exception {
		this.server.listen();
		for (int round = 0; round < Math.min(500, rounds()); round++) {
			LocalConnection local = this.server.connect();
			Channel channel = Channel.of(local.ws());
			atOnce(() -> this.box.addChannelToGroup(channel, "a"), () -> this.box.removeChannelFromGroup(channel, "a"),
					() -> {
						local.ws().close();
						return null;
					}, () -> {
						local.end();
						return null;
					});
			local.end();
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> !this.server.events().isEmpty() && this.server.events()
					.get(this.server.events().size() - 1) instanceof WebSocketDisconnectedEvent);
			List<Object> events = List.copyOf(this.server.events());
			assertThat(events).filteredOn(GroupLeftEvent.class::isInstance)
				.hasSameSizeAs(events.stream().filter(GroupJoinedEvent.class::isInstance).toList());
			assertThat(events.get(0)).isInstanceOf(WebSocketConnectedEvent.class);
			this.server.events().clear();
		}
	}

	@SafeVarargs
	private List<Object> atOnce(Callable<Object>... tasks) throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(tasks.length);
		List<Future<Object>> ends = new ArrayList<>();
		for (Callable<Object> task : tasks) {
			ends.add(this.executor.submit(() -> {
				barrier.await();
				return task.call();
			}));
		}
		List<Object> results = new ArrayList<>();
		for (Future<Object> end : ends) {
			results.add(end.get(60, TimeUnit.SECONDS));
		}
		return results;
	}

}
