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

package io.nexios.ws.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.nexios.ws.testsupport.ForkedServer;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that end, with and without notice, while messages are sent. Their pages go on at
 * other nodes.
 *
 * @author Nexios Team
 */
@RequiresRedis
@Timeout(300)
class NodeEndTests {

	private static final String ROOM = "room";

	// Pages may be away for longer than 100 messages take if the machine is busy
	private static final String[] PROPERTIES = { "nexios.ws.history.max-messages=10000",
			"nexios.ws.history.max-bytes=16MB", "nexios.ws.outbound.max-bytes=16MB", "nexios.ws.redis.lease=5s",
			"server.shutdown=graceful" };

	private final List<Page> pages = new ArrayList<>();

	private final List<Writer> writers = new ArrayList<>();

	private RedisServer redis;

	@BeforeEach
	void startRedis() {
		this.redis = RedisServer.start();
	}

	@AfterEach
	void stop() {
		this.writers.forEach(Writer::stop);
		this.pages.forEach(Page::close);
		this.redis.close();
	}

	@Test
	void pagesOfANodeThatIsKilledGoOnAtAnotherNode() {
		try (LocalNode other = LocalNode.start(this.redis.port(), PROPERTIES);
				ForkedServer killed = ForkedServer.start(RoomApplication.class,
						LocalNode.properties(this.redis.port(), PROPERTIES))) {
			List<Integer> ports = new CopyOnWriteArrayList<>(List.of(killed.port()));
			open(60, ports);
			this.writers.add(Writer.start("writer", other, ROOM));
			awaitMore(20);
			ports.add(other.port());
			killed.kill();
			Awaitility.await()
				.atMost(30, TimeUnit.SECONDS)
				.until(() -> other.channels().channels(ROOM).size() == this.pages.size());
			awaitMore(20);
			expectNothingLost();
			awaitNoTraceOfOthersThan(other.id());
		}
	}

	@Test
	void pagesLoseNothingWhileEachNodeIsRestarted() {
		AtomicReferenceArray<LocalNode> nodes = new AtomicReferenceArray<>(3);
		AtomicInteger restarting = new AtomicInteger(-1);
		try {
			IntStream.range(0, 3).forEach((number) -> nodes.set(number, start(0)));
			List<Integer> ports = IntStream.range(0, 3).mapToObj((number) -> nodes.get(number).port()).toList();
			open(15, ports);
			for (int number = 0; number < 3; number++) {
				this.writers.add(Writer.start("writer-" + number, write(nodes, number, restarting), ROOM));
			}
			for (int number = 0; number < 3; number++) {
				awaitMore(20);
				restarting.set(number);
				nodes.get(number).close();
				awaitMore(20);
				nodes.set(number, start(ports.get(number)));
				restarting.set(-1);
			}
			awaitMore(20);
			expectNothingLost();
		}
		finally {
			this.writers.forEach(Writer::stop);
			IntStream.range(0, 3).mapToObj(nodes::get).filter(Objects::nonNull).forEach(LocalNode::close);
		}
	}

	private LocalNode start(int port) {
		List<String> properties = new ArrayList<>(List.of(PROPERTIES));
		properties.add("server.port=" + port);
		return LocalNode.start(this.redis.port(), properties.toArray(String[]::new));
	}

	private static Supplier<LocalNode> write(AtomicReferenceArray<LocalNode> nodes, int number,
			AtomicInteger restarting) {
		return () -> nodes.get((number != restarting.get()) ? number : (number + 1) % 3);
	}

	private void open(int count, List<Integer> ports) {
		for (int i = 0; i < count; i++) {
			this.pages.add(Page.open("page-" + i, ports, ROOM, false, i));
		}
		Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.until(() -> this.pages.stream().noneMatch((page) -> page.log().entries().isEmpty()));
	}

	private void awaitMore(int count) {
		for (Writer writer : this.writers) {
			int before = writer.log().with(WriterLog.Outcome.ACCEPTED).size();
			Awaitility.await()
				.atMost(30, TimeUnit.SECONDS)
				.until(() -> writer.log().with(WriterLog.Outcome.ACCEPTED).size() >= before + count);
		}
	}

	private void expectNothingLost() {
		for (Writer writer : this.writers) {
			int last = writer.finish();
			assertThat(last).isNotNegative();
			Awaitility.await()
				.atMost(30, TimeUnit.SECONDS)
				.until(() -> this.pages.stream().allMatch((page) -> page.log().has(writer.log().name(), last)));
		}
		List<PageLog> logs = this.pages.stream().map(Page::log).toList();
		assertThat(RoomCheck.violations(logs, this.writers.stream().map(Writer::log).toList())).isEmpty();
		assertThat(logs).allSatisfy((log) -> {
			assertThat(log.losses()).isEmpty();
			assertThat(log.resumes()).isNotEmpty().allMatch(PageLog.Joined::recovered);
		});
	}

	private void awaitNoTraceOfOthersThan(String node) {
		try (RespClient client = this.redis.connect()) {
			Awaitility.await()
				.atMost(30, TimeUnit.SECONDS)
				.untilAsserted(
						() -> assertThat(client.list("SMEMBERS", "nx:nodes")).asString().isEqualTo("[" + node + "]"));
			assertThat(client.list("KEYS", "nx:own:*")).asString().isEqualTo("[nx:own:" + node + "]");
			assertThat(client.list("KEYS", "nx:{*}:n:" + ROOM)).singleElement()
				.satisfies((interest) -> assertThat(client.map("HGETALL", interest)).containsOnlyKeys(node));
		}
	}

}
