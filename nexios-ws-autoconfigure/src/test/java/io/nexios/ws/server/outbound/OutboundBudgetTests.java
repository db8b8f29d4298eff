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

import io.nexios.ws.server.transport.OutboundFrame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundBudget}.
 *
 * @author Nexios Team
 */
class OutboundBudgetTests {

	private static final int OVERHEAD = 100;

	private final OutboundBudget budget = new OutboundBudget(OVERHEAD + 5);

	private final OutboundFrame frame = OutboundFrame.text("12345");

	@Test
	void messageCountsWithSomethingForItself() {
		this.budget.hold(this.frame);
		assertThat(this.budget.used()).isEqualTo(OVERHEAD + 5);
		assertThat(this.budget.isExceeded()).isFalse();
	}

	@Test
	void messageInManyQueuesCountsOnce() {
		this.budget.hold(this.frame);
		this.budget.hold(this.frame);
		assertThat(this.budget.used()).isEqualTo(OVERHEAD + 5);
	}

	@Test
	void messageCountsUntilTheLastQueueReleasesIt() {
		this.budget.hold(this.frame);
		this.budget.hold(this.frame);
		this.budget.release(this.frame);
		assertThat(this.budget.used()).isEqualTo(OVERHEAD + 5);
		this.budget.release(this.frame);
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void messageThatComesBackCountsAgain() {
		this.budget.hold(this.frame);
		this.budget.release(this.frame);
		this.budget.hold(this.frame);
		assertThat(this.budget.used()).isEqualTo(OVERHEAD + 5);
	}

	@Test
	void moreThanTheLimitExceedsIt() {
		this.budget.hold(this.frame);
		this.budget.hold(OutboundFrame.text(""));
		assertThat(this.budget.isExceeded()).isTrue();
		assertThat(this.budget.isExcessive()).isTrue();
	}

	@Test
	void leavingBytesExceedTheLimitButAreNotExcessive() {
		this.budget.hold(this.frame);
		this.budget.hold(OutboundFrame.text("1"));
		this.budget.leaving(OVERHEAD + 1);
		assertThat(this.budget.isExceeded()).isTrue();
		assertThat(this.budget.isExcessive()).isFalse();
		this.budget.leaving(-OVERHEAD - 1);
		assertThat(this.budget.isExcessive()).isTrue();
	}

}
