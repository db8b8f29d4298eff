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

package io.nexios.ws.server.lifecycle;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.nexios.ws.server.thread.ServerThreads;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events of one connection.
 *
 * @author Nexios Team
 */
class ConnectionEventsTests {

	private final ServerThreads threads = new ServerThreads(10);

	private final List<Object> published = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.threads.close();
	}

	@Test
	void eventsArePublishedInTheirOrder() {
		ConnectionEvents events = events((event) -> {
		});
		List<Integer> expected = IntStream.range(0, 1_000).boxed().toList();
		expected.forEach((number) -> events.publish(Integer.class, () -> number));
		Awaitility.await().until(() -> this.published.size() == expected.size());
		assertThat(this.published).isEqualTo(expected);
	}

	@Test
	void noEventIsMadeIfNobodyListens() {
		AtomicInteger made = new AtomicInteger();
		ConnectionEvents events = events((event) -> {
		});
		events.publish(String.class, () -> "made " + made.incrementAndGet());
		events.publish(Integer.class, () -> 1);
		Awaitility.await().until(() -> !this.published.isEmpty());
		assertThat(made).hasValue(0);
		assertThat(this.published).containsExactly(1);
	}

	@Test
	void listenerThatFailsInWhateverWayKeepsNoEventBack() {
		ConnectionEvents events = events((event) -> {
			if (event.equals(1)) {
				throw new IllegalStateException("on purpose");
			}
			if (event.equals(2)) {
				throw new NoClassDefFoundError("on purpose");
			}
		});
		IntStream.rangeClosed(1, 3).forEach((number) -> events.publish(Integer.class, () -> number));
		Awaitility.await().until(() -> this.published.size() == 3);
		events.publish(Integer.class, () -> 4);
		Awaitility.await().until(() -> this.published.contains(4));
	}

	@Test
	void listenersThatBlockHoldUpNoTask() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		for (int i = 0; i < 100; i++) {
			events((event) -> awaitQuietly(release)).publish(Integer.class, () -> 1);
		}
		CountDownLatch done = new CountDownLatch(1);
		this.threads.execute(done::countDown);
		boolean inTime = done.await(30, TimeUnit.SECONDS);
		release.countDown();
		assertThat(inTime).as("A task runs while listeners block").isTrue();
	}

	@Test
	void eventsBeforeTheFirstOneWaitForIt() {
		ConnectionEvents events = unstarted((event) -> {
		});
		events.publish(Integer.class, () -> 2);
		events.publish(Integer.class, () -> 3);
		assertThat(this.published).isEmpty();
		events.start(Integer.class, () -> 1);
		events.publish(Integer.class, () -> 4);
		Awaitility.await().until(() -> this.published.size() == 4);
		assertThat(this.published).containsExactly(1, 2, 3, 4);
	}

	private ConnectionEvents events(Consumer<Object> listener) {
		ConnectionEvents events = unstarted(listener);
		events.start(String.class, () -> "nobody listens");
		return events;
	}

	private ConnectionEvents unstarted(Consumer<Object> listener) {
		return new ConnectionEvents(new EventSink() {

			@Override
			public boolean isListening(Class<?> eventType) {
				return eventType == Integer.class;
			}

			@Override
			public void publish(Object event) {
				ConnectionEventsTests.this.published.add(event);
				listener.accept(event);
			}

		}, this.threads);
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
