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

package io.nexios.ws.server.outbound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.server.connection.TestSettings;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.TestTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares an {@link OutboundQueue} that drops messages with a simple model, in random
 * steps.
 *
 * @author Nexios Team
 */
@Timeout(60)
class DropNoticeModelTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int STEPS = 5_000;

	private static final int BUDGET = 1 << 20;

	private final ServerThreads threads = new ServerThreads(10);

	private final TestTransport.Later later = new TestTransport.Later();

	private final TestTransport transport = new TestTransport().writing(this.later);

	private final TestOwner owner = new TestOwner();

	private final OutboundBudget budget = new OutboundBudget(BUDGET);

	private final OutboundFrame others = OutboundFrame.binary(new byte[BUDGET]);

	private final List<TestTopic> topics = List.of(new TestTopic("A"), new TestTopic("B"), new TestTopic("C"));

	private boolean exceeded;

	private int undroppable;

	@AfterEach
	void stop() {
		this.threads.close();
		this.transport.assertNoViolations();
	}

	@ParameterizedTest
	@CsvSource({ "DROP_OLDEST, 1", "DROP_OLDEST, 2", "DROP_OLDEST, 3", "DROP_NEWEST, 1", "DROP_NEWEST, 2",
			"DROP_NEWEST, 3" })
	void queueDropsAsTheModel(OverflowPolicy policy, long seed) {
		Random random = new Random(seed);
		Model model = new Model(policy, 3 + random.nextInt(10), 20 + random.nextInt(100));
		OutboundQueue queue = queue(model);
		for (int i = 0; i < STEPS; i++) {
			step(queue, model, random);
			assertThat(queue.load(0).messages()).as("step %d", i).isEqualTo(model.messages());
			assertThat(queue.load(0).bytes()).as("step %d", i).isEqualTo(model.bytes());
		}
		finish(queue, model);
		assertThat(texts(this.transport.frames())).isEqualTo(model.written());
		assertThat(this.owner.dropped()).isEqualTo(model.dropped).isPositive();
		assertThat(this.owner.notices()).isEqualTo(model.notices).isPositive();
		assertThat(this.budget.used()).isZero();
	}

	private void step(OutboundQueue queue, Model model, Random random) {
		int choice = random.nextInt(100);
		if (choice < 70) {
			OutboundFrame frame = frame(random);
			model.send(frame, this.exceeded);
			queue.send(frame, false, true);
			awaitWrite(model);
		}
		else if (choice < 95) {
			endWrite(model);
		}
		else if (choice < 98) {
			model.shed();
			queue.shed();
		}
		else {
			exceedBudget(!this.exceeded);
		}
	}

	private OutboundFrame frame(Random random) {
		int topic = random.nextInt(this.topics.size() + 1);
		int padding = random.nextInt(10);
		if (random.nextInt(10) == 0) {
			return OutboundFrame.undroppable("u" + this.undroppable++);
		}
		return (topic < this.topics.size()) ? this.topics.get(topic).next(padding)
				: OutboundFrame.text("x" + ".".repeat(padding));
	}

	private void endWrite(Model model) {
		if (model.isWriting()) {
			this.later.next().succeeded();
			model.endWrite();
			awaitWrite(model);
		}
	}

	// A task may still be the drainer of a queue that has just become empty
	private void awaitWrite(Model model) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (this.later.isWaiting() != model.isWriting()) {
			assertThat(System.nanoTime()).isLessThan(end);
			Thread.onSpinWait();
		}
	}

	private void exceedBudget(boolean exceeded) {
		if (this.exceeded != exceeded) {
			this.exceeded = exceeded;
			if (exceeded) {
				this.budget.hold(this.others);
			}
			else {
				this.budget.release(this.others);
			}
		}
	}

	private void finish(OutboundQueue queue, Model model) {
		exceedBudget(false);
		while (model.isWriting()) {
			endWrite(model);
		}
		assertThat(queue.isEmpty()).isTrue();
	}

	private OutboundQueue queue(Model model) {
		OutboundLimits limits = TestSettings.small()
			.withOutboundMaxMessages(model.maxMessages)
			.withOutboundMaxBytes(model.maxBytes)
			.withOverflow(model.policy)
			.build()
			.outbound();
		return new OutboundQueue(this.threads, this.transport, this.owner, this.budget, limits, model.policy, () -> 0);
	}

	// The order of notices next to each other does not matter
	private static List<String> texts(List<OutboundFrame> frames) {
		List<String> texts = new ArrayList<>();
		List<String> run = new ArrayList<>();
		for (OutboundFrame frame : frames) {
			if (frame.text().startsWith("(")) {
				run.add(frame.text());
			}
			else {
				run.stream().sorted().forEach(texts::add);
				run.clear();
				texts.add(frame.text());
			}
		}
		run.stream().sorted().forEach(texts::add);
		return texts;
	}

	/**
	 * A list of messages and notices. After each drop, the list is read from its end, and
	 * each notice is removed that has a later one of its topic without a message in
	 * between. An undroppable frame is such a message.
	 */
	private static final class Model {

		private final List<Item> written = new ArrayList<>();

		private final List<Item> queued = new ArrayList<>();

		private final OverflowPolicy policy;

		private final int maxMessages;

		private final int maxBytes;

		private List<Item> writing = List.of();

		private int dropped;

		private int notices;

		Model(OverflowPolicy policy, int maxMessages, int maxBytes) {
			this.policy = policy;
			this.maxMessages = maxMessages;
			this.maxBytes = maxBytes;
		}

		void send(OutboundFrame frame, boolean exceeded) {
			Item item = new Item(frame, topic(frame), false);
			if (this.policy == OverflowPolicy.DROP_NEWEST && item.droppable() && !fits(item, exceeded)) {
				this.queued.add(item);
				drop(item);
				return;
			}
			while (this.policy == OverflowPolicy.DROP_OLDEST && !fits(item, exceeded)
					&& this.queued.stream().anyMatch(Item::droppable)) {
				drop(this.queued.stream().filter(Item::droppable).findFirst().orElseThrow());
			}
			this.queued.add(item);
			startWrite();
		}

		private boolean fits(Item item, boolean exceeded) {
			return this.queued.size() < this.maxMessages
					&& (bytes() == 0 || (bytes() + item.frame.size() <= this.maxBytes && !exceeded));
		}

		private static @Nullable String topic(OutboundFrame frame) {
			return (frame.dropNotice() != null) ? frame.dropNotice().topic() : null;
		}

		void shed() {
			for (Item item : this.queued.stream().filter(Item::droppable).toList()) {
				drop(item);
			}
		}

		private void drop(Item item) {
			this.dropped++;
			int place = this.queued.indexOf(item);
			this.queued.remove(place);
			if (item.topic != null) {
				this.queued.add(place, new Item(item.frame.dropNotice().frame().get(), item.topic, true));
				this.notices += isToldAround(place, item.topic) ? 0 : 1;
			}
			removeReplaced();
		}

		private boolean isToldAround(int place, String topic) {
			return isTold(place, -1, topic) || isTold(place, 1, topic);
		}

		private boolean isTold(int place, int direction, String topic) {
			int other = place + direction;
			while (other >= 0 && other < this.queued.size() && this.queued.get(other).notice) {
				if (topic.equals(this.queued.get(other).topic)) {
					return true;
				}
				other += direction;
			}
			return false;
		}

		private void removeReplaced() {
			Set<String> told = new HashSet<>();
			for (int i = this.queued.size() - 1; i >= 0; i--) {
				Item item = this.queued.get(i);
				if (!item.notice) {
					told.clear();
				}
				else if (!told.add(item.topic)) {
					this.queued.remove(i);
				}
			}
		}

		private void startWrite() {
			if (this.writing.isEmpty()) {
				this.writing = List.copyOf(this.queued);
				this.queued.clear();
			}
		}

		void endWrite() {
			this.written.addAll(this.writing);
			this.writing = List.of();
			startWrite();
		}

		boolean isWriting() {
			return !this.writing.isEmpty();
		}

		int messages() {
			return this.writing.size() + this.queued.size();
		}

		int bytes() {
			return sum(this.writing) + sum(this.queued);
		}

		private static int sum(List<Item> items) {
			return items.stream().mapToInt((item) -> item.frame.size()).sum();
		}

		List<String> written() {
			return texts(this.written.stream().map(Item::frame).toList());
		}

	}

	private record Item(OutboundFrame frame, @Nullable String topic, boolean notice) {

		boolean droppable() {
			return !this.notice && !this.frame.isUndroppable();
		}

	}

}
