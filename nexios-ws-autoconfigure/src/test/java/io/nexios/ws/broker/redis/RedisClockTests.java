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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.History;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisGroupBroker} when the clock of a node jumps.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisClockTests {

	private static final String GROUP = "group";

	private static final Duration HOUR = Duration.ofHours(1);

	private RedisServer redis;

	private TestNode steady;

	private TestNode jumping;

	private JumpingClock clock;

	@BeforeEach
	void start() {
		this.redis = RedisServer.start();
		this.steady = TestNode.start(this.redis.port());
		AtomicReference<JumpingClock> clock = new AtomicReference<>();
		this.jumping = TestNode.start(this.redis.port(), (time) -> {
			clock.set(new JumpingClock(time));
			return clock.get();
		});
		this.clock = clock.get();
	}

	@AfterEach
	void stop() {
		this.jumping.close();
		this.steady.close();
		this.redis.close();
	}

	@Test
	void jumpsChangeNeitherTheOrderNorTheState() {
		Position start = this.steady.subscribe(GROUP);
		this.jumping.subscribe(GROUP);
		for (int number = 0; number < 90; number += 3) {
			this.clock.set(HOUR.multipliedBy(number % 2 - 1 + number / 3 % 3));
			publishByClock(number);
			this.steady.publishAll(GROUP, number + 1, number + 2);
			publishByClock(number + 2);
		}
		for (TestNode node : List.of(this.steady, this.jumping)) {
			node.delivered(GROUP).awaitNumber(89);
			assertThat(node.delivered(GROUP).numbers()).isEqualTo(IntStream.range(0, 90).boxed().toList());
			assertThat(node.delivered(GROUP).losses()).isEmpty();
			assertThat(node.states()).isEmpty();
		}
		this.clock.set(Duration.ZERO);
		assertThat(this.redis.call("EXISTS", "nx:node:" + this.jumping.broker().nodeId())).isEqualTo(1L);
		assertThat(this.jumping.broker().position(GROUP).toCompletableFuture().join().epoch()).isEqualTo(start.epoch());
	}

	@Test
	void clockThatIsAheadMakesMessagesOldForItsNodeOnly() {
		Position start = this.jumping.subscribe(GROUP);
		this.jumping.publishAll(GROUP, 0, 3);
		this.clock.set(HOUR);
		History whole = this.jumping.history(GROUP, null);
		assertThat(whole.messages()).isEmpty();
		assertThat(whole.start()).isEqualTo(whole.end());
		assertThat(this.jumping.history(GROUP, start).complete()).isFalse();
		assertThat(this.jumping.history(GROUP, whole.end()).complete()).isTrue();
		assertThat(numbers(this.steady.history(GROUP, start))).containsExactly(0, 1, 2);
		this.clock.set(Duration.ZERO);
		assertThat(numbers(this.jumping.history(GROUP, start))).containsExactly(0, 1, 2);
	}

	@Test
	void clockThatIsBehindMakesNothingOld() {
		Position start = this.jumping.subscribe(GROUP);
		this.jumping.publishAll(GROUP, 0, 3);
		this.clock.set(HOUR.negated());
		History history = this.jumping.history(GROUP, start);
		assertThat(history.complete()).isTrue();
		assertThat(numbers(history)).containsExactly(0, 1, 2);
	}

	@Test
	void messagesOfClocksThatDifferLeaveNoHoleInAHistory() {
		this.jumping.subscribe(GROUP);
		Position[] positions = new Position[6];
		Duration[] clocks = { HOUR.negated(), HOUR, HOUR.negated(), Duration.ZERO, HOUR, HOUR.negated() };
		for (int number = 0; number < clocks.length; number++) {
			this.clock.set(clocks[number]);
			publishByClock(number);
			positions[number] = this.jumping.broker().position(GROUP).toCompletableFuture().join();
		}
		// The first one is too old, and the third one is behind one that is not
		assertThat(numbers(this.steady.history(GROUP, null))).containsExactly(1, 2, 3, 4, 5);
		for (int number = 0; number < clocks.length; number++) {
			History history = this.steady.history(GROUP, positions[number]);
			boolean nextIsOld = number + 1 < clocks.length && clocks[number + 1].isNegative();
			assertThat(history.complete()).isEqualTo(!nextIsOld);
			if (history.complete()) {
				assertThat(numbers(history)).isEqualTo(IntStream.range(number + 1, clocks.length).boxed().toList());
			}
		}
	}

	private void publishByClock(int number) {
		Instant created = this.clock.instant();
		this.jumping.publish(GROUP, Integer.toString(number), created, true);
	}

	private static List<Integer> numbers(History history) {
		return history.messages().stream().map(RedisClockTests::number).toList();
	}

	private static int number(BrokerMessage message) {
		return Integer.parseInt(((Payload.Text) message.publication().payload()).text());
	}

}
