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

package io.nexios.ws.server.inbound;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.WSMessage;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.transport.TestTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InboundQueue} with a container and a handler at work.
 *
 * @author Nexios Team
 */
@Timeout(60)
class InboundQueueStressTests {

	private static final WSMessage.Disconnect END = new WSMessage.Disconnect(1000, "");

	private static final int MESSAGES = 40_000;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final TestTransport transport = new TestTransport();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.transport.assertNoViolations();
	}

	@ParameterizedTest
	@CsvSource({ "1, 1000000", "2, 1000000", "3, 1000000", "4, 1000000", "64, 1000000", "64, 1", "64, 100", "64, 300" })
	void peerThatIsPausedAndResumedLosesNothing(int maxMessages, int maxBytes) throws Exception {
		InboundQueue queue = new InboundQueue(this.transport, new InboundLimits(maxMessages, maxBytes), false, null,
				ConnectionObserver.NONE::readingResumed);
		Future<?> container = this.threads.submit(() -> {
			Random random = new Random(maxMessages);
			for (int i = 0; i < MESSAGES; i++) {
				queue.add(new WSMessage.Text(String.valueOf(i)), random.nextInt(20));
				this.transport.awaitReading();
				spin(random, 100);
			}
			queue.end(END, false);
		});
		List<String> taken = takeAll(queue, new Random(maxBytes));
		container.get(10, TimeUnit.SECONDS);
		assertThat(taken).hasSize(MESSAGES);
		for (int i = 0; i < MESSAGES; i++) {
			assertThat(taken.get(i)).isEqualTo(String.valueOf(i));
		}
		assertThat(this.transport.resumes()).isEqualTo(this.transport.pauses());
	}

	private static List<String> takeAll(InboundQueue queue, Random random) {
		List<String> taken = new ArrayList<>();
		while (true) {
			WSMessage message = (random.nextInt(4) == 0) ? queue.take(Duration.ofNanos(random.nextInt(20_000)))
					: queue.take();
			if (message instanceof WSMessage.Disconnect) {
				return taken;
			}
			if (message instanceof WSMessage.Text text) {
				taken.add(text.text());
			}
			spin(random, 150);
		}
	}

	private static void spin(Random random, int bound) {
		for (int i = random.nextInt(bound); i > 0; i--) {
			Thread.onSpinWait();
		}
	}

	@Test
	void racingEndAlwaysWakesTheTakerAndResumesThePeer() throws Exception {
		for (int round = 0; round < 3_000; round++) {
			TestTransport transport = new TestTransport();
			InboundQueue queue = new InboundQueue(transport, new InboundLimits(2, 1_000), false, null,
					ConnectionObserver.NONE::readingResumed);
			boolean discard = round % 2 == 0;
			CyclicBarrier start = new CyclicBarrier(3);
			Future<?> container = this.threads.submit(() -> {
				await(start);
				for (int i = 0; i < 5; i++) {
					queue.add(new WSMessage.Bytes("x".getBytes(StandardCharsets.UTF_8)), 1);
					transport.awaitReading();
				}
			});
			Future<?> closer = this.threads.submit(() -> {
				await(start);
				queue.end(END, discard);
			});
			CompletableFuture<WSMessage> end = CompletableFuture.supplyAsync(() -> {
				await(start);
				WSMessage message = queue.take();
				while (message != END) {
					message = queue.take();
				}
				return message;
			}, this.threads);
			assertThat(end).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(END);
			container.get(10, TimeUnit.SECONDS);
			closer.get(10, TimeUnit.SECONDS);
			assertThat(transport.resumes()).isEqualTo(transport.pauses());
			transport.assertNoViolations();
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
