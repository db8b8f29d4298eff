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

package io.nexios.ws.server.login;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.spi.SessionLookup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionCheck}. The clock of most of them is the test.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class SessionCheckTests {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final int STEPS = 10;

	private final LocalServer server = new LocalServer();

	private final SessionConnections connections = new SessionConnections(this.server.threads(), List.of());

	private final Principal ann = () -> "ann";

	private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

	private final Set<String> ended = ConcurrentHashMap.newKeySet();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void connectionsOfASessionThatHasEndedAreClosed() {
		LocalConnection leaving = open("1");
		LocalConnection staying = open("2");
		check(this::hasEnded, Duration.ofMillis(100)).start();
		this.ended.add("1");
		Awaitility.await().until(() -> leaving.closeFrame() != null);
		assertThat(leaving.closeFrame().getCode()).isEqualTo(1008);
		assertThat(staying.ws().isConnected()).isTrue();
	}

	@Test
	void everySessionIsAskedForOnceInAnInterval() {
		IntStream.range(0, 95).forEach((i) -> {
			open("session" + i);
			open("session" + i);
		});
		SessionCheck check = check(this::hasEnded, INTERVAL);
		for (int step = 1; step <= STEPS; step++) {
			check.tick();
			awaitAsked(Math.min(95, 10 * step));
		}
		assertThat(this.asked).hasSize(95);
		assertThat(this.asked.values()).allMatch((times) -> times.get() == 1);
		check.tick();
		awaitAsked(105);
	}

	@Test
	void fewSessionsAreNotAskedForMoreOften() {
		open("1");
		SessionCheck check = check(this::hasEnded, INTERVAL);
		for (int step = 0; step < 2 * STEPS; step++) {
			check.tick();
			awaitAsked((step < STEPS) ? 1 : 2);
		}
		assertThat(asked()).isEqualTo(2);
	}

	@Test
	void noMoreThanEightSessionsAreLookedUpAtATime() throws Exception {
		IntStream.range(0, 40).forEach((i) -> open("session" + i));
		CountDownLatch answer = new CountDownLatch(1);
		SessionCheck check = check((id) -> {
			count(id);
			return await(answer);
		}, INTERVAL);
		for (int step = 0; step < 3 * STEPS; step++) {
			check.tick();
		}
		awaitAsked(8);
		assertThat(asked()).isEqualTo(8);
		answer.countDown();
		awaitAsked(40);
		assertThat(this.asked.values()).allMatch((times) -> times.get() == 1);
	}

	@Test
	void failureClosesNobodyAndIsLoggedOnce(CapturedOutput output) {
		List<LocalConnection> open = IntStream.range(0, 20).mapToObj((i) -> open("secret" + i)).toList();
		SessionCheck check = check((id) -> {
			count(id);
			throw new IllegalStateException(id);
		}, INTERVAL);
		for (int step = 1; step <= STEPS; step++) {
			check.tick();
			awaitAsked(2 * step);
		}
		assertThat(open).allMatch((local) -> local.ws().isConnected());
		Awaitility.await().until(() -> output.getOut().contains("IllegalStateException"));
		assertThat(output.getOut().split("Cannot tell whether", -1)).hasSize(2);
		assertThat(output).doesNotContain("secret");
	}

	@Test
	void sessionThatIsBackAtTheSecondLookStays() {
		LocalConnection local = open("1");
		SessionCheck check = check((id) -> count(id) == 1, Duration.ofMillis(100));
		check.tick();
		awaitAsked(2);
		assertThat(local.ws().isConnected()).isTrue();
	}

	@Test
	void sessionThatHasGotAnotherIdMeanwhileStays() {
		LocalConnection local = open("1");
		SessionCheck check = check((id) -> {
			count(id);
			this.connections.renameSession("1", "2");
			return id.equals("1");
		}, Duration.ofMillis(100));
		check.tick();
		awaitAsked(2);
		check.tick();
		awaitAsked(3);
		assertThat(this.asked.get("2")).hasValue(1);
		assertThat(local.ws().isConnected()).isTrue();
	}

	@Test
	void lookupDoesNotRunOnTheThreadOfTheClock() {
		open("1");
		Thread clock = Thread.currentThread();
		Set<Thread> askedOn = ConcurrentHashMap.newKeySet();
		SessionCheck check = check((id) -> !askedOn.add(Thread.currentThread()), INTERVAL);
		check.tick();
		Awaitility.await().until(() -> !askedOn.isEmpty());
		assertThat(askedOn).doesNotContain(clock);
	}

	private LocalConnection open(String sessionId) {
		LocalConnection local = this.server.connect();
		this.connections.add(local.connection(), this.ann, new MockHttpSession(null, sessionId));
		return local;
	}

	private SessionCheck check(SessionLookup lookup, Duration interval) {
		return new SessionCheck(this.connections, List.of(lookup), interval, this.server.threads());
	}

	private boolean hasEnded(String id) {
		count(id);
		return this.ended.contains(id);
	}

	private int count(String id) {
		return this.asked.computeIfAbsent(id, (same) -> new AtomicInteger()).incrementAndGet();
	}

	private int asked() {
		return this.asked.values().stream().mapToInt(AtomicInteger::get).sum();
	}

	private void awaitAsked(int times) {
		Awaitility.await().pollDelay(Duration.ZERO).untilAsserted(() -> assertThat(asked()).isEqualTo(times));
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return !latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
