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

import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.limit.PeerLimits;
import io.nexios.ws.server.limit.TestLimits;
import io.nexios.ws.spi.RateLimiter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted for a connection, and how large its bursts may be.
 *
 * @author Nexios Team
 */
class MessageRateTests {

	private final List<String> calls = new ArrayList<>();

	private boolean allowing = true;

	@Test
	void burstsAreThoseOfFiveSeconds() {
		rate(3, 400, 1_000);
		assertThat(this.calls).containsExactly("3, 15", "400, 2000");
	}

	@Test
	void largestMessageFitsABurst() {
		rate(0, 400, 1_000_000);
		assertThat(this.calls).containsExactly("400, 1000000");
	}

	@Test
	void messagesAreNotCountedWithoutLimits() {
		assertThat(rate(0, 0, 1_000).exceededBy(10)).isNull();
		assertThat(this.calls).isEmpty();
	}

	@Test
	void messagesAndTheirBytesAreCounted() {
		assertThat(rate(3, 400, 1).exceededBy(7)).isNull();
		assertThat(this.calls).endsWith("3: 1", "400: 7");
	}

	@Test
	void emptyMessageHasNoBytes() {
		rate(3, 400, 1).exceededBy(0);
		assertThat(this.calls).endsWith("3: 1");
	}

	@Test
	void limitThatIsExceededIsTold() {
		this.allowing = false;
		assertThat(rate(3, 0, 1).exceededBy(7)).isEqualTo(Limit.MESSAGE_RATE);
		assertThat(rate(0, 400, 1).exceededBy(7)).isEqualTo(Limit.BYTE_RATE);
	}

	@Test
	void messagesThatPiledUpInAPauseAreAllowed() {
		rate(3, 400, 1).resumed(17);
		assertThat(this.calls).endsWith("3 credited 17", "400 credited 17");
	}

	private MessageRate rate(int messages, int bytes, int maxMessageSize) {
		PeerLimits limits = TestLimits.defaults().withMessagesPerSecond(messages).withBytesPerSecond(bytes).build();
		return MessageRate.of(limits, (perSecond, burst) -> {
			this.calls.add(perSecond + ", " + burst);
			return limiter(perSecond);
		}, maxMessageSize);
	}

	private RateLimiter limiter(long perSecond) {
		return new RateLimiter() {

			@Override
			public boolean tryAcquire(long permits) {
				MessageRateTests.this.calls.add(perSecond + ": " + permits);
				return MessageRateTests.this.allowing;
			}

			@Override
			public void credit(long nanos) {
				MessageRateTests.this.calls.add(perSecond + " credited " + nanos);
			}

		};
	}

}
