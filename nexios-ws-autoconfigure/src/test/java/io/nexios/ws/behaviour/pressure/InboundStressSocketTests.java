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

package io.nexios.ws.behaviour.pressure;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer that sends as fast as it can to a slower handler, so that reading is paused and
 * resumed all the time. It is short in the build. With the profile "stress" it takes
 * minutes.
 *
 * @author Nexios Team
 */
class InboundStressSocketTests {

	private static final Duration DURATION = Duration.ofSeconds(Integer.getInteger("nexios.stress.seconds", 2));

	/** Much more than a connection may hold, but much less than what is sent. */
	private static final long MEMORY = 16 * 1024 * 1024;

	private final Random sizes = new Random(7);

	private final AtomicInteger sent = new AtomicInteger();

	@ParameterizedTest
	@CsvSource({ "false, 200, 64", "true, 200, 64", "true, 8000, 64", "false, 8000, 2" })
	void nothingIsLostOrReorderedAndMemoryStaysFlat(boolean virtualThreads, int maxSize, int maxMessages) {
		try (TestServer server = TestServer.start(Slow.class, "spring.threads.virtual.enabled=" + virtualThreads,
				"nexios.ws.inbound.max-messages=" + maxMessages, "server.tomcat.threads.max=4");
				RawWs client = server.connect("/slow")) {
			long before = usedMemory();
			long end = System.nanoTime() + DURATION.toNanos();
			Flood flood = Flood.start(1, (i) -> {
				while (System.nanoTime() - end < 0) {
					send(client, maxSize);
				}
			});
			flood.awaitEnd(DURATION.plus(RawWs.TIMEOUT));
			client.sendText("end");
			client.expectText(String.valueOf(this.sent.get()));
			// What the JVM itself allocates meanwhile is not gone with the first
			// collection
			Awaitility.await()
				.atMost(RawWs.TIMEOUT)
				.untilAsserted(() -> assertThat(usedMemory() - before).isLessThan(MEMORY));
		}
	}

	private void send(RawWs client, int maxSize) {
		ByteBuffer message = ByteBuffer.allocate(Integer.BYTES + this.sizes.nextInt(maxSize));
		client.send(RawFrame.binary(message.putInt(this.sent.getAndIncrement()).array()));
	}

	private static long usedMemory() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	@Configuration(proxyBeanMethods = false)
	static class Slow {

		@Bean
		WebSocketRoute slow() {
			return new WebSocketRoute("/slow", (ws) -> {
				ws.accept();
				Random random = new Random(11);
				int received = 0;
				WSMessage message = ws.receive();
				while (message instanceof WSMessage.Bytes binary) {
					if (ByteBuffer.wrap(binary.bytes()).getInt() != received) {
						throw new WebSocketException(4000, "Expected " + received);
					}
					received++;
					dawdle(random);
					message = ws.receive();
				}
				ws.sendText(String.valueOf(received));
			});
		}

		/**
		 * Wait sometimes, mostly so briefly that the queue stays near the point at which
		 * reading resumes.
		 */
		private static void dawdle(Random random) {
			if (random.nextInt(64) == 0) {
				LockSupport.parkNanos(random.nextInt(2_000_000));
			}
		}

	}

}
