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

package io.nexios.ws.broker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.redis.EngineState.Link;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EngineState}.
 *
 * @author Nexios Team
 */
class EngineStateTests {

	private final List<BrokerState> reported = new ArrayList<>();

	private final EngineState state = new EngineState(this.reported::add);

	@Test
	void isDownBeforeTheConnectionsAreOpen() {
		this.state.up(Link.PUBLISH);
		this.state.up(Link.COMMANDS);
		assertThat(this.state.state().level()).isEqualTo(BrokerState.Level.DOWN);
		assertThat(this.reported).isEmpty();
	}

	@Test
	void startIsNotReported() {
		allUp();
		assertThat(this.state.state()).isEqualTo(BrokerState.UP);
		assertThat(this.reported).isEmpty();
	}

	@Test
	void startIsNotReportedIfTheConnectionForCommandsIsTheLast() {
		this.state.up(Link.SUBSCRIBE);
		this.state.up(Link.PUBLISH);
		assertThat(this.state.state().level()).isEqualTo(BrokerState.Level.DEGRADED);
		this.state.up(Link.COMMANDS);
		assertThat(this.reported).isEmpty();
	}

	@Test
	void endOfAFailedStartIsReportedInSteps() {
		this.state.up(Link.SUBSCRIBE);
		this.state.down(Link.PUBLISH, "refused");
		this.state.up(Link.PUBLISH);
		this.state.up(Link.COMMANDS);
		assertThat(this.reported).extracting(BrokerState::level)
			.containsExactly(BrokerState.Level.DOWN, BrokerState.Level.DEGRADED, BrokerState.Level.UP);
	}

	@Test
	void failedStartIsReportedAndItsEnd() {
		this.state.down(Link.PUBLISH, "refused");
		allUp();
		assertThat(this.reported).first().isEqualTo(BrokerState.down("refused"));
		assertThat(this.reported).last().isEqualTo(BrokerState.UP);
	}

	@Test
	void lostPublisherIsDown() {
		allUp();
		this.state.down(Link.PUBLISH, "reset");
		assertThat(this.reported).containsExactly(BrokerState.down("reset"));
	}

	@Test
	void lostSubscriberIsDown() {
		allUp();
		this.state.down(Link.SUBSCRIBE, "deaf");
		assertThat(this.reported).containsExactly(BrokerState.down("deaf"));
	}

	@Test
	void listenerThatFailsIsToldOfLaterChanges() {
		List<BrokerState> told = new ArrayList<>();
		EngineState failing = new EngineState((change) -> {
			told.add(change);
			if (told.size() == 1) {
				throw new IllegalStateException("expected");
			}
		});
		for (Link link : Link.values()) {
			failing.up(link);
		}
		failing.down(Link.PUBLISH, "reset");
		failing.up(Link.PUBLISH);
		assertThat(told).containsExactly(BrokerState.down("reset"), BrokerState.UP);
	}

	@Test
	void lostCommandsAreDegraded() {
		allUp();
		this.state.down(Link.COMMANDS, "reset");
		assertThat(this.reported).containsExactly(BrokerState.degraded("reset"));
	}

	@Test
	void sameStateIsReportedOnce() {
		allUp();
		this.state.down(Link.PUBLISH, "refused");
		this.state.down(Link.PUBLISH, "refused");
		this.state.down(Link.COMMANDS, "reset");
		assertThat(this.reported).containsExactly(BrokerState.down("refused"));
	}

	@Test
	void changeDuringAReportIsReportedAfterIt() throws InterruptedException {
		CountDownLatch reporting = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		AtomicReference<EngineState> slow = new AtomicReference<>();
		AtomicInteger overlaps = new AtomicInteger();
		AtomicInteger inside = new AtomicInteger();
		slow.set(new EngineState((change) -> {
			if (inside.incrementAndGet() > 1) {
				overlaps.incrementAndGet();
			}
			this.reported.add(change);
			reporting.countDown();
			await(released);
			inside.decrementAndGet();
		}));
		Thread first = new Thread(() -> slow.get().down(Link.PUBLISH, "first"));
		first.start();
		assertThat(reporting.await(10, TimeUnit.SECONDS)).isTrue();
		slow.get().down(Link.PUBLISH, "second");
		slow.get().down(Link.PUBLISH, "third");
		released.countDown();
		first.join(10_000);
		assertThat(this.reported).extracting(BrokerState::reason).containsExactly("first", "second", "third");
		assertThat(overlaps).hasValue(0);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void allUp() {
		for (Link link : Link.values()) {
			this.state.up(link);
		}
	}

}
