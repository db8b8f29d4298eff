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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.group.ControlledBroker.Call;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.spi.ManualTimeSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many clients that come back within a short time.
 *
 * @author Nexios Team
 */
@Timeout(60)
class ResumeStormTests {

	private static final int TOTAL_BYTES = 25_000;

	private final ManualTimeSource time = new ManualTimeSource();

	private final ControlledBroker broker = new ControlledBroker();

	private final LocalServer server = LocalServer.with(this.broker)
		.time(this.time)
		.history(new HistoryLimits(100, 20_000, Duration.ofDays(1), TOTAL_BYTES))
		.build();

	private final BrokerChannelBox box = this.server.box();

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
		this.server.close();
	}

	@Test
	void stormCostsFewReads() throws Exception {
		List<String> positions = saveEach("g", 20);
		List<CompletableFuture<?>> resumes = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			int number = i % 20;
			resumes.add(CompletableFuture.runAsync(() -> {
				GroupClient client = GroupClient.connect(this.server);
				JoinResult result = client.join("g", GroupClient.POSITIONS.resumeFrom(positions.get(number)));
				assertThat(result.recovery()).isEqualTo(Recovery.RECOVERED);
				assertThat(result.missed()).isEqualTo(20 - number);
				if (number == 0) {
					assertThat(client.outline(21)).last().isEqualTo("data 20");
				}
			}, this.executor));
		}
		CompletableFuture.allOf(resumes.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);
		assertThat(this.broker.count(Call.HISTORY)).isLessThanOrEqualTo(5);
		assertThat(this.box.channels("g")).hasSize(10_000);
	}

	@Test
	void deliveriesKeepWhatWasReadCurrent() {
		List<String> positions = saveEach("g", 3);
		GroupClient.connect(this.server).join("g", GroupClient.POSITIONS.resumeFrom(positions.get(0)));
		for (int i = 4; i <= 60; i++) {
			positions.add(save("g", i));
			this.box.groupSend("g", "unsaved");
			JoinResult result = GroupClient.connect(this.server)
				.join("g", GroupClient.POSITIONS.resumeFrom(positions.get(i - 3)));
			assertThat(result.recovery()).isEqualTo(Recovery.RECOVERED);
			assertThat(result.missed()).isEqualTo(3);
		}
		assertThat(this.broker.count(Call.HISTORY)).isEqualTo(1);
	}

	@Test
	void whatWasReadIsForgottenTenSecondsAfterItsLastUse() {
		String position = saveEach("g", 3).get(0);
		GroupClient.connect(this.server).join("g", JoinOptions.create());
		resume("g", position);
		for (int i = 0; i < 3; i++) {
			this.time.advance(Duration.ofMillis(9_999));
			resume("g", position);
		}
		assertThat(this.broker.count(Call.HISTORY)).isEqualTo(1);
		this.time.advance(Duration.ofSeconds(10));
		assertThat(this.time.waiting()).isZero();
		resume("g", position);
		assertThat(this.broker.count(Call.HISTORY)).isEqualTo(2);
	}

	@Test
	void whatAJoinUsesIsNotForgotten() throws Exception {
		String position = saveEach("g", 3).get(0);
		GroupClient.connect(this.server).join("g", JoinOptions.create());
		this.broker.hold(Call.HISTORY);
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> join = client.startJoin("g", GroupClient.POSITIONS.resumeFrom(position));
		Awaitility.await().until(() -> this.broker.heldAnswers() == 1);
		saveEach("g", 2);
		this.box.flushHistory();
		saveEach("g", 2);
		this.broker.release();
		assertThat(join.get(10, TimeUnit.SECONDS).missed()).isEqualTo(3);
		assertThat(client.outline(8)).containsExactly("joined RECOVERED 3", "data 1", "data 2", "data 3", "data 1",
				"data 2", "data 1", "data 2");
	}

	@Test
	void groupThatWasNotUsedForTheLongestTimeIsForgottenFirst() {
		String first = saveLarge("a");
		String second = saveLarge("b");
		String third = saveLarge("c");
		for (String group : List.of("a", "b", "c")) {
			GroupClient.connect(this.server).join(group, JoinOptions.create());
		}
		resume("a", first);
		this.time.advance(Duration.ofSeconds(1));
		resume("b", second);
		this.time.advance(Duration.ofSeconds(1));
		resume("a", first);
		this.time.advance(Duration.ofSeconds(1));
		// Two of them are within the limit
		assertThat(this.broker.count(Call.HISTORY)).isEqualTo(2);
		resume("c", third);
		resume("a", first);
		resume("c", third);
		assertThat(this.broker.count(Call.HISTORY)).isEqualTo(3);
		resume("b", second);
		assertThat(this.broker.count(Call.HISTORY)).isEqualTo(4);
	}

	@Test
	void joinsThatUseMoreThanTheLimitAllGetTheirMessages() throws Exception {
		List<String> groups = List.of("a", "b", "c", "d");
		List<CompletableFuture<JoinResult>> joins = new ArrayList<>();
		List<GroupClient> clients = new ArrayList<>();
		this.broker.hold(Call.HISTORY);
		for (String group : groups) {
			String position = saveLarge(group);
			GroupClient client = GroupClient.connect(this.server);
			clients.add(client);
			joins.add(client.startJoin(group, GroupClient.POSITIONS.resumeFrom(position)));
		}
		Awaitility.await().until(() -> this.broker.heldAnswers() == groups.size());
		this.broker.release();
		for (CompletableFuture<JoinResult> join : joins) {
			assertThat(join.get(10, TimeUnit.SECONDS).missed()).isEqualTo(3);
		}
		clients.forEach((client) -> assertThat(client.outline(4)).hasSize(4));
	}

	@Test
	void groupWithoutMembersIsForgottenAtOnce() {
		String position = saveEach("g", 3).get(0);
		GroupClient client = GroupClient.connect(this.server);
		client.join("g", GroupClient.POSITIONS.resumeFrom(position));
		client.local().end();
		assertThat(this.server.kept()).containsOnly(0);
		resume("g", position);
		this.time.advance(Duration.ofSeconds(20));
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void comingAndGoingDoesNotPileUpTimers() {
		String position = saveEach("g", 3).get(0);
		for (int i = 0; i < 100; i++) {
			GroupClient client = GroupClient.connect(this.server);
			client.join("g", GroupClient.POSITIONS.resumeFrom(position));
			client.local().end();
		}
		assertThat(this.time.waiting()).isLessThanOrEqualTo(1);
	}

	@Test
	void messagesThatAreTooOldAreNotPartOfAResume() {
		GroupClient.connect(this.server).join("g", JoinOptions.create());
		String position = saveEach("g", 3).get(0);
		this.time.advance(Duration.ofHours(24).minusSeconds(5));
		resume("g", position);
		// The broker's own time stands still
		this.time.advance(Duration.ofSeconds(6));
		JoinResult result = GroupClient.connect(this.server).join("g", GroupClient.POSITIONS.resumeFrom(position));
		assertThat(result.recovery()).isEqualTo(Recovery.NOT_RECOVERED);
	}

	private void resume(String group, String position) {
		GroupClient client = GroupClient.connect(this.server);
		JoinResult result = client.join(group, GroupClient.POSITIONS.resumeFrom(position));
		assertThat(result.recovery()).isEqualTo(Recovery.RECOVERED);
		assertThat(result.missed()).isEqualTo(3);
		assertThat(client.outline(4)).hasSize(4);
		client.local().end();
	}

	/**
	 * Save messages.
	 * @param group the group
	 * @param count how many
	 * @return the positions before each of them
	 */
	private List<String> saveEach(String group, int count) {
		List<String> positions = new ArrayList<>(List.of(this.box.position(group)));
		for (int i = 1; i <= count; i++) {
			positions.add(save(group, i));
		}
		return positions;
	}

	private String save(String group, int number) {
		this.box.groupSend(group, number, SendOptions.create().saveHistory());
		return this.box.position(group);
	}

	private String saveLarge(String group) {
		String position = this.box.position(group);
		for (int i = 0; i < 3; i++) {
			this.box.groupSend(group, "x".repeat(3_000), SendOptions.create().saveHistory());
		}
		return position;
	}

}
