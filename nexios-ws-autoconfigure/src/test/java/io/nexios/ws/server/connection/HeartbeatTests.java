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

package io.nexios.ws.server.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.nexios.ws.server.transport.OutboundFrame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Heartbeat}.
 *
 * @author Nexios Team
 */
class HeartbeatTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	/** Soon to overflow, as it may be. */
	private final long start = Long.MAX_VALUE - 30 * SECOND;

	private final AtomicLong nanoTime = new AtomicLong(this.start);

	private final Heartbeat heartbeat = heartbeat(20);

	@Test
	void pingIsDueAfterTheInterval() {
		assertThat(this.heartbeat.nextPing(this.start + 20 * SECOND - 1)).isNull();
		assertThat(this.heartbeat.nextPing(this.start + 20 * SECOND)).isNotNull();
	}

	@Test
	void firstPingIsDueEarlierByThePhase() {
		Heartbeat early = new Heartbeat(settings(20), this.nanoTime::get, 0.25);
		assertThat(early.nextPing(this.start + 5 * SECOND - 1)).isNull();
		assertThat(early.nextPing(this.start + 5 * SECOND)).isNotNull();
	}

	@Test
	void heartbeatWithoutAnIntervalSendsNoPings() {
		assertThat(heartbeat(0).nextPing(this.start + 1_000 * SECOND)).isNull();
	}

	@Test
	void peerThatIsNotHeardAfterAPingIsDead() {
		long written = writePing(20);
		assertThat(this.heartbeat.checkDead(written + 9 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.checkDead(written + 11 * SECOND, false)).isTrue();
	}

	@Test
	void unwrittenPingHasNoDeadline() {
		assertThat(this.heartbeat.nextPing(this.start + 20 * SECOND)).isNotNull();
		assertThat(this.heartbeat.checkDead(this.start + 1_000 * SECOND, false)).isFalse();
	}

	@Test
	void anythingHeardAfterThePingIsLife() {
		long written = writePing(20);
		this.heartbeat.heard();
		assertThat(this.heartbeat.checkDead(written + 11 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.checkDead(written + 100 * SECOND, false)).isFalse();
	}

	@Test
	void dataBeforeThePingIsNoSignOfLife() {
		this.heartbeat.heard();
		assertThat(this.heartbeat.checkDead(this.start + SECOND, false)).isFalse();
		long written = writePing(20);
		assertThat(this.heartbeat.checkDead(written + 11 * SECOND, false)).isTrue();
	}

	@Test
	void pausedConnectionIsNotJudged() {
		long written = writePing(20);
		assertThat(this.heartbeat.checkDead(written + 100 * SECOND, true)).isFalse();
	}

	@Test
	void connectionThatWasPausedIsJudgedByItsNextPing() {
		long written = writePing(20);
		this.heartbeat.checkDead(written + 9 * SECOND, true);
		assertThat(this.heartbeat.checkDead(written + 11 * SECOND, false)).isFalse();
		long second = writePing(40);
		assertThat(this.heartbeat.checkDead(second + 11 * SECOND, false)).isTrue();
	}

	@Test
	void onePingIsAwaitedAtATime() {
		writePing(20);
		assertThat(this.heartbeat.nextPing(this.start + 45 * SECOND)).isNull();
	}

	@Test
	void pingThatWasDroppedIsReplaced() {
		this.heartbeat.nextPing(this.start + 20 * SECOND);
		long written = writePing(40);
		assertThat(this.heartbeat.checkDead(written + 11 * SECOND, false)).isTrue();
	}

	@Test
	void pongTellsTheRoundTripTime() {
		OutboundFrame ping = ping(20);
		this.nanoTime.set(this.start + 21 * SECOND);
		this.heartbeat.written(List.of(OutboundFrame.text("a"), ping), 1);
		long roundTrip = this.heartbeat.pong(ping.payload(), this.start + 24 * SECOND);
		assertThat(roundTrip).isEqualTo(3 * SECOND).isEqualTo(this.heartbeat.roundTrip());
	}

	@Test
	void pongThatComesBeforeTheWriteIsNotedTellsTheTime() {
		OutboundFrame ping = ping(20);
		long roundTrip = this.heartbeat.pong(ping.payload(), this.start + 23 * SECOND);
		assertThat(roundTrip).isEqualTo(3 * SECOND).isEqualTo(this.heartbeat.roundTrip());
		this.heartbeat.written(List.of(ping), 0);
		assertThat(this.heartbeat.checkDead(this.start + 100 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.checkDead(this.start + 200 * SECOND, false)).isFalse();
	}

	@Test
	void pongOfAnotherPingIsLifeButTellsNoTime() {
		long written = writePing(20);
		assertThat(this.heartbeat.pong(ByteBuffer.allocate(0), written)).isEqualTo(-1);
		assertThat(this.heartbeat.roundTrip()).isEqualTo(-1);
		assertThat(this.heartbeat.checkDead(written + 11 * SECOND, false)).isFalse();
	}

	@Test
	void peerMayReadWhatWasWrittenBeforeThePing() {
		long written = writePing(20, 400 * 1024);
		assertThat(this.heartbeat.checkDead(written + 59 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.checkDead(written + 61 * SECOND, false)).isTrue();
	}

	@Test
	void dataOfEarlierWritesCountsToo() {
		this.heartbeat.written(List.of(OutboundFrame.text("x")), 400 * 1024);
		long written = writePing(20);
		assertThat(this.heartbeat.checkDead(written + 59 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.checkDead(written + 61 * SECOND, false)).isTrue();
	}

	@Test
	void dataReadBeforeTheLastPongDoesNotCount() {
		OutboundFrame first = ping(20);
		this.heartbeat.written(List.of(OutboundFrame.text("x"), first), 400 * 1024);
		this.heartbeat.pong(first.payload(), this.start + 21 * SECOND);
		assertThat(this.heartbeat.checkDead(this.start + 22 * SECOND, false)).isFalse();
		long written = writePing(40, 8 * 1024);
		assertThat(this.heartbeat.checkDead(written + 10 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.checkDead(written + 12 * SECOND, false)).isTrue();
	}

	@Test
	void peerIsNotGivenForEverToRead() {
		long written = writePing(20, Integer.MAX_VALUE);
		assertThat(this.heartbeat.checkDead(written + 129 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.checkDead(written + 131 * SECOND, false)).isTrue();
	}

	@Test
	void excusedTimeDoesNotCount() {
		long written = writePing(20);
		this.heartbeat.excuse(3 * SECOND, written + 9 * SECOND);
		assertThat(this.heartbeat.checkDead(written + 12 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.checkDead(written + 14 * SECOND, false)).isTrue();
	}

	@Test
	void excuseCanBeForAllOfTheTime() {
		long written = writePing(20);
		this.heartbeat.excuse(Long.MAX_VALUE, written + 100 * SECOND);
		assertThat(this.heartbeat.checkDead(written + 109 * SECOND, false)).isFalse();
		assertThat(this.heartbeat.checkDead(written + 111 * SECOND, false)).isTrue();
	}

	@Test
	void excuseIsForOnePing() {
		long written = writePing(20);
		this.heartbeat.excuse(Long.MAX_VALUE, written + 100 * SECOND);
		this.heartbeat.heard();
		assertThat(this.heartbeat.checkDead(written + 101 * SECOND, false)).isFalse();
		long second = writePing(140);
		assertThat(this.heartbeat.checkDead(second + 11 * SECOND, false)).isTrue();
	}

	private OutboundFrame ping(int seconds) {
		OutboundFrame ping = this.heartbeat.nextPing(this.start + seconds * SECOND);
		assertThat(ping).isNotNull();
		return ping;
	}

	private long writePing(int seconds) {
		return writePing(seconds, 0);
	}

	private long writePing(int seconds, int bytesBefore) {
		long now = this.start + seconds * SECOND;
		this.nanoTime.set(now);
		this.heartbeat.written(List.of(OutboundFrame.text("x"), ping(seconds)), bytesBefore);
		return now;
	}

	private Heartbeat heartbeat(int interval) {
		return new Heartbeat(settings(interval), this.nanoTime::get, 1);
	}

	private static ServerSettings.Heartbeat settings(int interval) {
		return new ServerSettings.Heartbeat(Duration.ofSeconds(interval), Duration.ofSeconds(10));
	}

}
