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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;

/**
 * Writers and pages in all rooms and on all nodes.
 *
 * @author Nexios Team
 */
final class RoomTraffic implements AutoCloseable {

	private static final int ROOMS = 3;

	private static final int PAGES = 9;

	private final Map<String, List<Page>> pages = new TreeMap<>();

	private final Map<String, List<Writer>> writers = new TreeMap<>();

	private RoomTraffic() {
	}

	/**
	 * Start the traffic. A third of the pages moves from node to node.
	 * @param cluster the nodes
	 * @param random decides where the pages go
	 * @return the traffic
	 */
	static RoomTraffic start(RoomCluster cluster, Random random) {
		RoomTraffic traffic = new RoomTraffic();
		for (int room = 0; room < ROOMS; room++) {
			String name = "room" + room;
			List<Page> pages = new ArrayList<>();
			for (int i = 0; i < PAGES; i++) {
				pages.add(Page.open(name + "-" + i, cluster.ports(), name, i % 3 == 0, random.nextLong()));
			}
			traffic.pages.put(name, pages);
			List<Writer> writers = new ArrayList<>();
			for (int node = 0; node < cluster.size(); node++) {
				writers.add(Writer.start(name + "-" + node, cluster.node(node), name));
			}
			traffic.writers.put(name, writers);
		}
		return traffic;
	}

	/**
	 * Wait until each writer has been told about more messages.
	 * @param count the number of messages from now on
	 */
	void awaitMore(int count) {
		this.writers.values().stream().flatMap(List::stream).map(Writer::log).forEach((log) -> {
			int before = log.size();
			Awaitility.await(log.name()).atMost(60, TimeUnit.SECONDS).until(() -> log.size() >= before + count);
		});
	}

	/**
	 * Send a last message by each writer, wait until each page has it, and check all
	 * rooms.
	 * @return what is wrong
	 */
	List<String> finish() {
		List<String> violations = new ArrayList<>();
		this.pages.values().stream().flatMap(List::stream).forEach(Page::settle);
		this.writers.forEach((room, writers) -> finish(writers, this.pages.getOrDefault(room, List.of()), violations));
		return violations;
	}

	private static void finish(List<Writer> writers, List<Page> pages, List<String> violations) {
		writers.forEach((writer) -> awaitEverywhere(writer, pages, violations));
		violations.addAll(RoomCheck.violations(pages.stream().map(Page::log).toList(),
				writers.stream().map(Writer::log).toList()));
	}

	private static void awaitEverywhere(Writer writer, List<Page> pages, List<String> violations) {
		AtomicInteger last = new AtomicInteger(-1);
		Awaitility.await("a last message of " + writer.log().name())
			.atMost(60, TimeUnit.SECONDS)
			.until(() -> last.accumulateAndGet(writer.finish(), Math::max) >= 0);
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
		List<Page> without = new ArrayList<>(pages);
		while (!without.isEmpty() && System.nanoTime() - deadline < 0) {
			without.removeIf((page) -> page.log().has(writer.log().name(), last.get()));
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
		}
		without.forEach((page) -> violations
			.add(page.log().name() + " did not receive the last message of " + writer.log().name()));
	}

	@Override
	public void close() {
		this.writers.values().forEach((writers) -> writers.forEach(Writer::stop));
		this.pages.values().forEach((pages) -> pages.forEach(Page::close));
	}

}
