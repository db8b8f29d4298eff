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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Joins while messages are published, at a broker whose answers and deliveries do not
 * come at the same time.
 *
 * @author Nexios Team
 */
@Timeout(120)
abstract class SeamContract {

	private static final int UNSAVED = 3;

	private static final int JOINS = 1_000;

	/** How many messages a group keeps. */
	static final int MAX_MESSAGES = 1_000;

	private final AtomicInteger histories = new AtomicInteger();

	private final GroupBroker broker = broker();

	private final LocalServer server = LocalServer.with(new CountingBroker(this.broker))
		.history(new HistoryLimits(MAX_MESSAGES, 1 << 20, Duration.ofDays(1), 1 << 24))
		.build();

	private final BrokerChannelBox box = this.server.box();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
		this.server.close();
		this.broker.close();
	}

	/**
	 * Create the broker.
	 * @return a broker that keeps {@link #MAX_MESSAGES} messages of a group
	 */
	abstract GroupBroker broker();

	@Test
	void joinsOfOneGroupShareItsSubscriptionAndItsHistory() {
		IntStream.range(0, 10).forEach((i) -> save(i));
		List<LocalConnection> locals = IntStream.range(0, JOINS).mapToObj((i) -> this.server.connect()).toList();
		long start = System.nanoTime();
		List<CompletableFuture<?>> joins = new ArrayList<>();
		for (LocalConnection local : locals) {
			joins.add(CompletableFuture.runAsync(() -> this.box.joinWithHistory(Channel.of(local.ws()), "g"),
					this.executor));
		}
		CompletableFuture.allOf(joins.toArray(CompletableFuture[]::new)).join();
		System.out.println(JOINS + " joins at " + this.broker.getClass().getSimpleName() + " took "
				+ Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms and " + this.histories + " reads");
		assertThat(this.histories.get()).isLessThanOrEqualTo(10);
		Awaitility.await().until(() -> locals.stream().allMatch((local) -> local.hasMessages(10)));
		assertThat(locals).allSatisfy((local) -> assertThat(local.messages()).hasSize(10));
	}

	@Test
	void seamIsExactWhileMessagesArePublished() throws Exception {
		AtomicBoolean stopped = new AtomicBoolean();
		AtomicInteger sent = new AtomicInteger();
		CompletableFuture<?> publishing = CompletableFuture.runAsync(() -> {
			while (!stopped.get()) {
				int number = sent.getAndIncrement();
				if (number % 20 == UNSAVED) {
					// Waits, so that this thread is not far ahead of the broker
					this.box.groupSend("g", number);
				}
				else {
					SendOptions options = SendOptions.create();
					this.box.groupSendAsync("g", number, isSaved(number) ? options.saveHistory() : options);
				}
			}
		}, this.executor);
		List<LocalConnection> locals = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			LocalConnection local = this.server.connect();
			this.box.joinWithHistory(Channel.of(local.ws()), "g");
			locals.add(local);
		}
		stopped.set(true);
		publishing.join();
		int last = sent.getAndIncrement();
		this.box.groupSend("g", last);
		Awaitility.await()
			.until(() -> locals.stream().allMatch((local) -> local.messages().contains(String.valueOf(last))));
		for (LocalConnection local : locals) {
			assertExact(local.messages().stream().map((message) -> Integer.parseInt((String) message)).toList());
		}
	}

	private static void assertExact(List<Integer> numbers) {
		assertThat(numbers).isSorted().doesNotHaveDuplicates();
		// From the first unsaved message on, no number is missing. Before it, only the
		// saved ones come
		int firstLive = numbers.stream().filter((number) -> !isSaved(number)).findFirst().orElse(Integer.MAX_VALUE);
		for (int i = 1; i < numbers.size(); i++) {
			for (int missing = numbers.get(i - 1) + 1; missing < numbers.get(i); missing++) {
				assertThat(isSaved(missing) || missing > firstLive).as("%d is missing in %s", missing, numbers)
					.isFalse();
			}
		}
	}

	private static boolean isSaved(int number) {
		return number % 4 != UNSAVED;
	}

	@Test
	void clientsThatComeBackGetEachSavedMessageOnce() throws Exception {
		AtomicBoolean stopped = new AtomicBoolean();
		AtomicInteger sent = new AtomicInteger();
		AtomicIntegerArray received = new AtomicIntegerArray(4);
		CompletableFuture<?> publishing = CompletableFuture.runAsync(() -> {
			while (!stopped.get()) {
				// A client that is held up must not become older than the history
				Awaitility.await()
					.pollDelay(Duration.ZERO)
					.pollInterval(Duration.ofMillis(1))
					.until(() -> stopped.get() || sent.get() - slowest(received) < MAX_MESSAGES / 2);
				save(sent.getAndIncrement());
			}
		}, this.executor);
		List<CompletableFuture<List<Integer>>> clients = new ArrayList<>();
		for (int i = 0; i < received.length(); i++) {
			int client = i;
			clients.add(CompletableFuture.supplyAsync(() -> comeAndGo(50, (last) -> received.set(client, last)),
					this.executor));
		}
		for (CompletableFuture<List<Integer>> client : clients) {
			List<Integer> numbers = client.get();
			assertThat(numbers).hasSizeGreaterThan(50);
			assertThat(numbers)
				.isEqualTo(IntStream.rangeClosed(numbers.get(0), numbers.get(numbers.size() - 1)).boxed().toList());
		}
		stopped.set(true);
		publishing.join();
	}

	private static int slowest(AtomicIntegerArray received) {
		return IntStream.range(0, received.length()).map(received::get).min().orElseThrow();
	}

	private List<Integer> comeAndGo(int rounds, IntConsumer last) {
		List<Integer> numbers = new ArrayList<>();
		String position = null;
		for (int round = 0; round < rounds; round++) {
			LocalConnection local = this.server.connect();
			JoinResult result = this.box.join(Channel.of(local.ws()), "g",
					JoinOptions.create().withPositions().resumeFrom(position));
			assertThat(result.recovery()).as("Round %d", round)
				.isEqualTo((position != null) ? Recovery.RECOVERED : Recovery.NOT_ASKED);
			int count = 1 + round % 3;
			Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> local.hasMessages(count));
			local.end();
			for (Object message : local.messages()) {
				JsonNode node = JsonMapper.shared().readTree((String) message);
				position = node.get("position").stringValue();
				if (node.has("data")) {
					numbers.add(node.get("data").intValue());
					last.accept(node.get("data").intValue());
				}
			}
		}
		last.accept(Integer.MAX_VALUE);
		return numbers;
	}

	private void save(int number) {
		this.box.groupSend("g", number, SendOptions.create().saveHistory());
	}

	private final class CountingBroker extends DelegatingBroker {

		CountingBroker(GroupBroker broker) {
			super(broker);
		}

		@Override
		public CompletionStage<History> history(String group, @Nullable Position after) {
			SeamContract.this.histories.incrementAndGet();
			return super.history(group, after);
		}

	}

}
