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

package io.nexios.ws.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * Records what is delivered, and detects concurrent deliveries.
 *
 * @author Nexios Team
 */
public final class RecordingSubscriber implements GroupBroker.Subscriber {

	private final AtomicInteger overlaps = new AtomicInteger();

	private final Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();

	private final Map<String, List<BrokerMessage>> messages = new ConcurrentHashMap<>();

	private final List<GroupBroker.Loss> losses = new ArrayList<>();

	@Override
	public void onMessage(BrokerMessage message) {
		String name = message.publication().group();
		List<BrokerMessage> list = this.messages.computeIfAbsent(name, (key) -> new ArrayList<>());
		alone(name, () -> {
			synchronized (list) {
				list.add(message);
			}
		});
	}

	@Override
	public void onLoss(GroupBroker.Loss loss) {
		alone(loss.group(), () -> {
			synchronized (this.losses) {
				this.losses.add(loss);
			}
		});
	}

	private void alone(String name, Runnable action) {
		AtomicInteger here = this.inside.computeIfAbsent(name, (key) -> new AtomicInteger());
		if (here.incrementAndGet() != 1) {
			this.overlaps.incrementAndGet();
		}
		action.run();
		here.decrementAndGet();
	}

	/**
	 * Return how often a call began before another call for the same group had ended.
	 * @return the number of calls
	 */
	public int overlaps() {
		return this.overlaps.get();
	}

	public List<GroupBroker.Loss> losses() {
		synchronized (this.losses) {
			return List.copyOf(this.losses);
		}
	}

	public List<BrokerMessage> messages(String name) {
		List<BrokerMessage> list = this.messages.getOrDefault(name, List.of());
		synchronized (list) {
			return List.copyOf(list);
		}
	}

	/**
	 * Return the positions of the saved messages of a group.
	 * @param name the group
	 * @return the positions in the order of delivery
	 */
	public List<Position> positions(String name) {
		return messages(name).stream().flatMap((message) -> Stream.ofNullable(message.position())).toList();
	}

	public List<String> texts(String name) {
		return GroupBrokerFixture.texts(messages(name));
	}

	public List<String> awaitTexts(String name, int count) {
		await(() -> size(name) >= count);
		return texts(name);
	}

	public BrokerMessage awaitLast(String name) {
		await(() -> size(name) > 0);
		List<BrokerMessage> list = messages(name);
		return list.get(list.size() - 1);
	}

	/**
	 * Wait for a saved message beyond an offset.
	 * @param name the group
	 * @param offset the offset
	 */
	public void awaitBeyond(String name, long offset) {
		await(() -> messages(name).stream().anyMatch((message) -> message.offset() > offset));
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(condition);
	}

	public int size(String name) {
		List<BrokerMessage> list = this.messages.getOrDefault(name, List.of());
		synchronized (list) {
			return list.size();
		}
	}

}
