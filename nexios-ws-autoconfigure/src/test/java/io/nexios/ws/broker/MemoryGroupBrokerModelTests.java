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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.spi.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares {@link MemoryGroupBroker} with a simple model while random calls are made.
 *
 * @author Nexios Team
 */
class MemoryGroupBrokerModelTests {

	private static final int STEPS = 20_000;

	private static final int MAX_MESSAGES = 5;

	private static final long TTL = Duration.ofSeconds(10).toMillis();

	private final ManualTimeSource time = new ManualTimeSource();

	private final MemoryGroupBroker broker = new MemoryGroupBroker(
			new HistoryLimits(MAX_MESSAGES, Long.MAX_VALUE, Duration.ofMillis(TTL), Long.MAX_VALUE), this.time);

	private final List<BrokerMessage> delivered = new ArrayList<>();

	private final Map<String, Model> models = new HashMap<>();

	private final Set<Long> epochs = new HashSet<>();

	private final List<Position> positions = new ArrayList<>();

	private long now;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void brokerDoesWhatTheModelDoes(long seed) {
		this.broker.start(this.delivered::add);
		Random random = new Random(seed);
		for (int i = 0; i < STEPS; i++) {
			String group = "g" + random.nextInt(4);
			switch (random.nextInt(10)) {
				case 0 -> subscribe(group);
				case 1 -> unsubscribe(group);
				case 2, 3 -> save(group);
				case 4 -> publishUnsaved(group);
				case 5 -> position(group);
				case 6, 7 -> history(group, somePosition(random));
				case 8 -> advance(random.nextInt((random.nextInt(20) == 0) ? 30_000 : 2_000));
				default -> rare(group, random);
			}
		}
		assertThat(this.epochs).hasSizeGreaterThan(10);
	}

	private void rare(String group, Random random) {
		switch (random.nextInt(4)) {
			case 0 -> clear();
			case 1 -> histories();
			case 2 -> this.broker.purge();
			default -> history(group, null);
		}
	}

	private void subscribe(String group) {
		Position position = get(this.broker.subscribe(group));
		Model model = existing(group, position);
		assertThat(position).isEqualTo(model.end());
		model.subscribed = true;
	}

	private void unsubscribe(String group) {
		this.broker.unsubscribe(group);
		Model model = this.models.get(group);
		if (model != null && model.isActive()) {
			model.subscribed = false;
			model.usedAt = this.now;
		}
	}

	private void save(String group) {
		Publication publication = publication(group, true);
		long offset = get(this.broker.publish(publication)).offset();
		Position end = get(this.broker.position(group));
		Model model = existing(group, new Position(end.epoch(), 0, 0));
		assertThat(end).isEqualTo(model.end().next(publication.id()));
		assertThat(offset).isEqualTo(end.offset());
		model.saved.add(new BrokerMessage(publication, end));
		model.savedAt.add(this.now);
		model.dropFirst(Math.max(model.firstKept, model.saved.size() - MAX_MESSAGES));
		this.positions.add(end);
		assertDelivered(model.subscribed, new BrokerMessage(publication, end));
	}

	private void publishUnsaved(String group) {
		Publication publication = publication(group, false);
		GroupBroker.Acceptance acceptance = get(this.broker.publish(publication));
		Model model = this.models.get(group);
		boolean subscribed = model != null && model.subscribed;
		assertThat(acceptance).isEqualTo(new GroupBroker.Acceptance(0, subscribed));
		assertDelivered(subscribed, new BrokerMessage(publication, null));
		if (model != null && model.isActive()) {
			model.usedAt = this.now;
		}
	}

	private void assertDelivered(boolean subscribed, BrokerMessage message) {
		assertThat(this.delivered).isEqualTo(subscribed ? List.of(message) : List.of());
		this.delivered.clear();
	}

	private void position(String group) {
		Position position = get(this.broker.position(group));
		assertThat(position).isEqualTo(existing(group, position).end());
		this.positions.add(position);
	}

	private void history(String group, @Nullable Position after) {
		GroupBroker.History history = get(this.broker.history(group, after));
		Model model = this.models.get(group);
		if (model == null) {
			assertThat(history.messages()).isEmpty();
			assertThat(history.complete()).isEqualTo(after == null);
			assertThat(this.epochs).doesNotContain(history.end().epoch());
			return;
		}
		model.usedAt = this.now;
		boolean sameEpoch = after != null && after.epoch() == model.epoch;
		List<BrokerMessage> expected = model.saved.stream()
			.skip(model.firstKept)
			.filter((message) -> !sameEpoch || message.offset() > after.offset())
			.toList();
		assertThat(history.messages()).isEqualTo(expected);
		assertThat(history.end()).isEqualTo(model.end());
		assertThat(history.complete()).isEqualTo(after == null || model.isReachable(after));
		assertThat(history.start())
			.isEqualTo(expected.isEmpty() ? model.end() : model.at(expected.get(0).offset() - 1));
	}

	private @Nullable Position somePosition(Random random) {
		if (this.positions.isEmpty()) {
			return null;
		}
		int newest = this.positions.size() - 1;
		Position position = this.positions.get(Math.max(0, newest - random.nextInt(30)));
		return switch (random.nextInt(6)) {
			case 0 -> new Position(position.epoch(), position.offset(), position.id() ^ (1L << random.nextInt(64)));
			case 1 -> new Position(position.epoch(), position.offset() + random.nextInt(10) - 5, position.id());
			default -> position;
		};
	}

	private void histories() {
		Map<String, List<BrokerMessage>> expected = new HashMap<>();
		this.models.forEach((group, model) -> {
			if (model.firstKept < model.saved.size()) {
				expected.put(group, model.saved.subList(model.firstKept, model.saved.size()));
			}
		});
		assertThat(get(this.broker.histories(10))).isEqualTo(expected);
	}

	private void clear() {
		this.broker.clearHistories();
		this.models.values().stream().filter(Model::isActive).forEach((model) -> {
			model.firstKept = model.saved.size();
			model.usedAt = this.now;
		});
	}

	private void advance(int millis) {
		this.time.advance(Duration.ofMillis(millis));
		this.now += millis;
		this.models.values().forEach((model) -> model.expire(this.now));
		this.models.values().removeIf((model) -> !model.isActive() && this.now - model.usedAt > TTL);
	}

	private Model existing(String group, Position position) {
		Model model = this.models.computeIfAbsent(group, (name) -> {
			assertThat(position).isEqualTo(Position.start(position.epoch()));
			assertThat(this.epochs.add(position.epoch())).as("new epoch").isTrue();
			return new Model(position.epoch());
		});
		model.usedAt = this.now;
		return model;
	}

	private Publication publication(String group, boolean saved) {
		return new Publication(group, UUID.randomUUID(), this.time.instant(), new Payload.Text("x"), null, saved);
	}

	private static <T> T get(CompletionStage<T> stage) {
		return stage.toCompletableFuture().join();
	}

	/**
	 * All messages that were saved in one epoch of a group, also those that are dropped.
	 */
	private static final class Model {

		private final long epoch;

		private final List<BrokerMessage> saved = new ArrayList<>();

		private final List<Long> savedAt = new ArrayList<>();

		private int firstKept;

		private boolean subscribed;

		private long usedAt;

		Model(long epoch) {
			this.epoch = epoch;
		}

		Position at(long offset) {
			return (offset > 0) ? this.saved.get((int) offset - 1).position() : Position.start(this.epoch);
		}

		Position end() {
			return at(this.saved.size());
		}

		boolean isActive() {
			return this.subscribed || this.firstKept < this.saved.size();
		}

		boolean isReachable(Position position) {
			return position.offset() >= this.firstKept && position.offset() <= this.saved.size()
					&& position.equals(at(position.offset()));
		}

		void dropFirst(int count) {
			this.firstKept = count;
		}

		void expire(long now) {
			while (this.firstKept < this.saved.size() && now - this.savedAt.get(this.firstKept) > TTL) {
				this.usedAt = Math.max(this.usedAt, this.savedAt.get(this.firstKept) + TTL);
				this.firstKept++;
			}
		}

	}

}
