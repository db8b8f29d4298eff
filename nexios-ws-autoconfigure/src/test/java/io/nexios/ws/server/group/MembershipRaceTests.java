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

	private static final int ROUNDS = 10_000;

	private final LocalServer server = new LocalServer();

	private final BrokerChannelBox box = this.server.box();

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
		this.server.close();
	}

	@Test
	void nobodyIsLeftBehindHoweverJoiningAndEndingRace() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
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
		}
		assertThat(this.server.kept()).containsOnly(0);
	}

	@Test
	void everyLeaveIsToldOnceAndTheGroupIsGoneOnce() throws Exception {
		LocalConnection first = this.server.connect();
		LocalConnection second = this.server.connect();
		Channel one = Channel.of(first.ws());
		Channel other = Channel.of(second.ws());
		for (int round = 0; round < ROUNDS; round++) {
			this.box.addChannelToGroup(one, "g");
			this.box.addChannelToGroup(other, "g");
			List<Object> statuses = atOnce(() -> this.box.removeChannelFromGroup(one, "g"),
					() -> this.box.removeChannelFromGroup(other, "g"));
			assertThat(statuses).containsExactlyInAnyOrder(ChannelRemoveStatus.CHANNEL_REMOVED,
					ChannelRemoveStatus.GROUP_REMOVED);
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
			for (int i = 0; i < ROUNDS; i++) {
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
		connections.forEach(LocalConnection::end);
		assertThat(this.box.showGroups()).isEmpty();
		assertThat(this.server.kept()).containsOnly(0);
	}

	@Test
	void manyCyclesLeaveNothing() {
		for (int i = 0; i < ROUNDS; i++) {
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
		for (int round = 0; round < 500; round++) {
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
