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

package io.nexios.ws.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Heartbeat}.
 *
 * @author Nexios Team
 */
class HeartbeatTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	/** Far from any time that the clock has. */
	private final long start = System.nanoTime();

	private final Heartbeat heartbeat = heartbeat(20);

	@Test
	void aPingIsDueAfterTheInterval() {
		assertThat(this.heartbeat.nextPing(this.start + 20 * SECOND - 1)).isNull();
		assertThat(this.heartbeat.nextPing(this.start + 20 * SECOND)).isNotNull();
	}

	@Test
	void theFirstPingIsDueEarlierByThePhase() {
		Heartbeat early = new Heartbeat(settings(20), this.start, 0.25);
		assertThat(early.nextPing(this.start + 5 * SECOND - 1)).isNull();
		assertThat(early.nextPing(this.start + 5 * SECOND)).isNotNull();
	}

	@Test
	void thereAreNoPingsWithoutAnInterval() {
		assertThat(heartbeat(0).nextPing(this.start + 1_000 * SECOND)).isNull();
	}

	@Test
	void aPeerThatIsNotHeardAfterAPingIsDead() {
		long written = writePing(20);
		assertThat(this.heartbeat.isDead(written + 9 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.isDead(written + 11 * SECOND, false)).isTrue();
	}

	@Test
	void thereIsNoDeadlineBeforeThePingIsWritten() {
		assertThat(this.heartbeat.nextPing(this.start + 20 * SECOND)).isNotNull();
		assertThat(this.heartbeat.isDead(System.nanoTime() + 1_000 * SECOND, false)).isFalse();
	}

	@Test
	void anythingHeardAfterThePingIsLife() {
		long written = writePing(20);
		this.heartbeat.heard();
		assertThat(this.heartbeat.isDead(written + 11 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.isDead(written + 100 * SECOND, false)).isFalse();
	}

	@Test
	void whatWasHeardBeforeThePingIsNoLife() {
		this.heartbeat.heard();
		assertThat(this.heartbeat.isDead(this.start + SECOND, false)).isFalse();
		long written = writePing(20);
		assertThat(this.heartbeat.isDead(written + 11 * SECOND, false)).isTrue();
	}

	@Test
	void aPausedConnectionIsNotJudged() {
		long written = writePing(20);
		assertThat(this.heartbeat.isDead(written + 100 * SECOND, true)).isFalse();
	}

	@Test
	void aConnectionThatWasPausedIsJudgedByItsNextPing() {
		long written = writePing(20);
		this.heartbeat.isDead(written + 9 * SECOND, true);
		assertThat(this.heartbeat.isDead(written + 11 * SECOND, false)).isFalse();
		long second = writePing(40);
		assertThat(this.heartbeat.isDead(second + 11 * SECOND, false)).isTrue();
	}

	@Test
	void onePingIsAwaitedAtATime() {
		writePing(20);
		assertThat(this.heartbeat.nextPing(this.start + 45 * SECOND)).isNull();
	}

	@Test
	void aPingThatWasDroppedIsReplaced() {
		this.heartbeat.nextPing(this.start + 20 * SECOND);
		OutboundFrame second = this.heartbeat.nextPing(this.start + 40 * SECOND);
		assertThat(second).isNotNull();
		this.heartbeat.written(List.of(second));
		assertThat(this.heartbeat.isDead(System.nanoTime() + 11 * SECOND, false)).isTrue();
	}

	@Test
	void aPongTellsTheRoundTripTime() {
		OutboundFrame ping = ping(20);
		long before = System.nanoTime();
		this.heartbeat.written(List.of(OutboundFrame.text("a"), ping));
		long roundTrip = this.heartbeat.pong(ping.payload(), before + 300 * SECOND);
		assertThat(roundTrip).isBetween(200 * SECOND, 300 * SECOND).isEqualTo(this.heartbeat.roundTrip());
	}

	@Test
	void aPongThatComesBeforeTheWriteIsNotedTellsTheTime() {
		OutboundFrame ping = ping(20);
		long roundTrip = this.heartbeat.pong(ping.payload(), ping.created() + 3 * SECOND);
		assertThat(roundTrip).isEqualTo(3 * SECOND).isEqualTo(this.heartbeat.roundTrip());
		this.heartbeat.written(List.of(ping));
		assertThat(this.heartbeat.isDead(System.nanoTime() + 100 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.isDead(System.nanoTime() + 200 * SECOND, false)).isFalse();
	}

	@Test
	void aPongOfAnotherPingIsLifeButTellsNoTime() {
		long written = writePing(20);
		assertThat(this.heartbeat.pong(ByteBuffer.allocate(0), written)).isEqualTo(-1);
		assertThat(this.heartbeat.roundTrip()).isEqualTo(-1);
		assertThat(this.heartbeat.isDead(written + 11 * SECOND, false)).isFalse();
	}

	private OutboundFrame ping(int seconds) {
		OutboundFrame ping = this.heartbeat.nextPing(this.start + seconds * SECOND);
		assertThat(ping).isNotNull();
		return ping;
	}

	private long writePing(int seconds) {
		this.heartbeat.written(List.of(ping(seconds)));
		return System.nanoTime();
	}

	private Heartbeat heartbeat(int interval) {
		return new Heartbeat(settings(interval), this.start, 1);
	}

	private static ServerSettings.Heartbeat settings(int interval) {
		return new ServerSettings.Heartbeat(Duration.ofSeconds(interval), Duration.ofSeconds(10));
	}

}
