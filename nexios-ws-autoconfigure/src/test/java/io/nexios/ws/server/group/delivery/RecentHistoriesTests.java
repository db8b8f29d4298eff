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

package io.nexios.ws.server.group.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.spi.TimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Checks of {@link RecentHistories}.
 *
 * @author Nexios Team
 */
class RecentHistoriesTests {

	@Test
	void serverThatStopsDoesNotCheckForever() {
		Queue<Runnable> timers = new ArrayDeque<>();
		ManualTimeSource clock = new ManualTimeSource();
		TimeSource stopped = mock(TimeSource.class);
		given(stopped.nanoTime()).willAnswer((invocation) -> clock.nanoTime());
		given(stopped.schedule(any(), any())).willAnswer((invocation) -> {
			timers.add(invocation.getArgument(0));
			return mock(TimeSource.Timer.class);
		});
		new RecentHistories(new HistoryLimits(10, 1_000, Duration.ofDays(1), 1_000), stopped).create();
		timers.remove().run();
		assertThat(timers).isEmpty();
	}

}
