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

package io.nexios.ws.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ManualTimeSource}.
 *
 * @author Nexios Team
 */
class ManualTimeSourceTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final List<String> ran = new ArrayList<>();

	@Test
	void bothTimesMoveTogether() {
		Instant instant = this.time.instant();
		long nanos = this.time.nanoTime();
		this.time.advance(Duration.ofSeconds(5));
		assertThat(Duration.between(instant, this.time.instant())).isEqualTo(Duration.ofSeconds(5));
		assertThat(this.time.nanoTime() - nanos).isEqualTo(5_000_000_000L);
	}

	@Test
	void tasksRunInTheOrderOfTheirTimesEachAtItsOwn() {
		Instant start = this.time.instant();
		schedule("c", 3);
		schedule("a", 1);
		schedule("b", 1);
		schedule("d", 4);
		this.time.advance(Duration.ofSeconds(3));
		assertThat(this.ran).containsExactly("a" + start.plusSeconds(1), "b" + start.plusSeconds(1),
				"c" + start.plusSeconds(3));
		assertThat(this.time.waiting()).isOne();
	}

	@Test
	void taskThatSchedulesItselfRunsAgainInTheSameMove() {
		this.time.schedule(new Runnable() {
			@Override
			public void run() {
				ManualTimeSourceTests.this.ran.add("x");
				ManualTimeSourceTests.this.time.schedule(this, Duration.ofSeconds(2));
			}
		}, Duration.ofSeconds(2));
		this.time.advance(Duration.ofSeconds(7));
		assertThat(this.ran).hasSize(3);
	}

	@Test
	void canceledTaskDoesNotRun() {
		TimeSource.Timer timer = schedule("a", 1);
		timer.cancel();
		timer.cancel();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.ran).isEmpty();
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void taskWithoutDelayRunsWhenTheTimeIsMovedByNothing() {
		schedule("a", 0);
		assertThat(this.ran).isEmpty();
		this.time.advance(Duration.ZERO);
		assertThat(this.ran).hasSize(1);
	}

	private TimeSource.Timer schedule(String name, int seconds) {
		return this.time.schedule(() -> this.ran.add(name + this.time.instant()), Duration.ofSeconds(seconds));
	}

}
