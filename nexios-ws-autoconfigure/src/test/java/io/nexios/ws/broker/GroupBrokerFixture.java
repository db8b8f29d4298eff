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

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Starts the broker that is tested, and has what its tests need.
 *
 * @author Nexios Team
 */
abstract class GroupBrokerFixture {

	/** The number of saved messages that the tested broker keeps for a group. */
	protected static final int MAX_MESSAGES = 50;

	// Data in a shared store must not reach the next test
	protected final String group = "group-" + UUID.randomUUID();

	protected final String otherGroup = "other-" + UUID.randomUUID();

	private final RecordingSubscriber recorder = new RecordingSubscriber();

	private GroupBroker broker;

	/**
	 * Create a broker that keeps {@value #MAX_MESSAGES} messages of a group and has no
	 * other limit in these tests.
	 * @return the broker, not started
	 */
	protected abstract GroupBroker createBroker();

	/**
	 * Connect another node.
	 * @return a broker for the same groups, not started, or {@code null} if this kind of
	 * broker is for one node
	 */
	protected @Nullable GroupBroker connect() {
		return null;
	}

	@BeforeEach
	void startBroker() {
		this.broker = createBroker();
		this.broker.start(this.recorder);
	}

	@AfterEach
	void closeBroker() {
		this.broker.close();
	}

	protected final GroupBroker broker() {
		return this.broker;
	}

	/**
	 * Return what {@link #broker()} delivers to.
	 * @return the subscriber
	 */
	protected final RecordingSubscriber recorder() {
		return this.recorder;
	}

	protected final GroupBroker.Acceptance publish(String name, String text, boolean saved) {
		return get(this.broker.publish(publication(name, text, saved)));
	}

	/**
	 * Save a message.
	 * @param name the group
	 * @param text the content
	 * @return the end of the saved messages after it
	 */
	protected final Position save(String name, String text) {
		publish(name, text, true);
		return get(this.broker.position(name));
	}

	protected final GroupBroker.History history(String name, @Nullable Position after) {
		return get(this.broker.history(name, after));
	}

	protected final List<String> savedTexts(String name) {
		return texts(history(name, null).messages());
	}

	protected static Publication publication(String name, String text, boolean saved) {
		return new Publication(name, UUID.randomUUID(), now(), new Payload.Text(text), null, saved);
	}

	// Payloads that every broker can keep
	protected static Instant now() {
		return Instant.now().truncatedTo(ChronoUnit.MILLIS);
	}

	protected static <T> T get(CompletionStage<T> stage) {
		return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
	}

	protected static List<String> texts(List<BrokerMessage> messages) {
		return messages.stream().map(GroupBrokerFixture::text).toList();
	}

	protected static String text(BrokerMessage message) {
		return ((Payload.Text) message.publication().payload()).text();
	}

	protected static void inThreads(int count, IntConsumer work) {
		List<CompletableFuture<?>> ends = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int number = i;
			ends.add(inThread(() -> work.accept(number)));
		}
		CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).orTimeout(60, TimeUnit.SECONDS).join();
	}

	protected static CompletableFuture<Void> inThread(Runnable work) {
		return CompletableFuture.runAsync(work, (task) -> {
			Thread thread = new Thread(task, "worker");
			thread.setDaemon(true);
			thread.start();
		});
	}

}
