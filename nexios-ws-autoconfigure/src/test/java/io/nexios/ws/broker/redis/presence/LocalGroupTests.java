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

package io.nexios.ws.broker.redis.presence;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.nexios.ws.channel.Present;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalGroup}.
 *
 * @author Nexios Team
 */
class LocalGroupTests {

	private static final long INTERVAL = LocalGroup.INTERVAL.toNanos();

	private static final long PAUSE = LocalGroup.PAUSE.toNanos();

	private final LocalGroup group = new LocalGroup();

	private long now = Long.MAX_VALUE - 100;

	private static Present present(String channel) {
		return new Present(channel, null, new JsonMapper().createObjectNode(), Instant.EPOCH);
	}

	private @Nullable PresenceChange begin() {
		return this.group.begin(this.now);
	}

	private void tell(int members) {
		this.group.setMembers(members);
		assertThat(begin()).isNotNull();
		this.group.told(true, this.now);
	}

	@Test
	void firstMemberIsToldAtOnce() {
		this.group.setMembers(1);
		assertThat(begin()).isEqualTo(new PresenceChange(1, false, List.of(), List.of()));
	}

	@Test
	void furtherMembersAreToldAfterTheInterval() {
		tell(1);
		this.group.setMembers(2);
		assertThat(begin()).isNull();
		assertThat(this.group.isWaiting()).isTrue();
		this.now += INTERVAL - 1;
		assertThat(begin()).isNull();
		this.group.setMembers(3);
		this.now++;
		assertThat(begin()).isEqualTo(new PresenceChange(3, false, List.of(), List.of()));
	}

	@Test
	void memberOfQuietGroupIsToldAtOnce() {
		tell(1);
		this.now += INTERVAL;
		this.group.setMembers(2);
		assertThat(begin()).isNotNull();
	}

	@Test
	void lastMemberIsToldAtOnce() {
		tell(1);
		this.group.setMembers(0);
		assertThat(begin()).isEqualTo(new PresenceChange(0, false, List.of(), List.of()));
	}

	@Test
	void changeBackIsNotTold() {
		tell(2);
		this.group.setMembers(3);
		this.group.setMembers(2);
		this.now += INTERVAL;
		assertThat(begin()).isNull();
		assertThat(this.group.isWaiting()).isFalse();
	}

	@Test
	void changesWaitForTheAnswer() {
		this.group.setMembers(1);
		begin();
		this.group.setMembers(2);
		this.now += INTERVAL;
		assertThat(begin()).isNull();
		this.group.told(true, this.now);
		assertThat(begin()).isEqualTo(new PresenceChange(2, false, List.of(), List.of()));
	}

	@Test
	void listedMembersAreToldWithTheNumber() {
		this.group.setMembers(1);
		this.group.list(present("a"));
		assertThat(begin()).isEqualTo(new PresenceChange(1, false, List.of(), List.of(present("a"))));
		this.group.told(true, this.now);
		this.group.unlist("a");
		this.now += INTERVAL;
		assertThat(begin()).isEqualTo(new PresenceChange(1, false, List.of("a"), List.of()));
	}

	@Test
	void everythingIsToldAgainAfterFailure() {
		this.group.setMembers(2);
		this.group.list(present("a"));
		this.group.list(present("b"));
		begin();
		this.group.unlist("a");
		this.group.failed(this.now);
		assertThat(begin()).isNull();
		this.now += PAUSE;
		assertThat(begin()).isEqualTo(new PresenceChange(2, true, List.of(), List.of(present("b"))));
	}

	@Test
	void groupThatIsNotAskedForIsToldAgain() {
		this.group.setMembers(1);
		begin();
		this.group.told(false, this.now);
		this.now += PAUSE;
		assertThat(begin()).isEqualTo(new PresenceChange(1, true, List.of(), List.of()));
	}

	@Test
	void groupThatIsLeftAndNotAskedForIsDone() {
		tell(1);
		this.group.setMembers(0);
		begin();
		this.group.told(false, this.now);
		assertThat(this.group.isWaiting()).isFalse();
		assertThat(this.group.remove()).isTrue();
	}

	@Test
	void everythingIsToldAgainOnRequestAtOnce() {
		tell(1);
		this.group.tellAgain();
		assertThat(begin()).isEqualTo(new PresenceChange(1, true, List.of(), List.of()));
	}

	@Test
	void manyMembersAreToldInBatches() {
		this.group.setMembers(2_500);
		for (int i = 0; i < 2_500; i++) {
			this.group.list(present("c" + i));
		}
		int told = 0;
		PresenceChange change = begin();
		while (change != null) {
			assertThat(change.listed()).hasSizeLessThanOrEqualTo(LocalGroup.BATCH);
			told += change.listed().size();
			this.group.told(true, this.now);
			this.now += INTERVAL;
			change = begin();
		}
		assertThat(told).isEqualTo(2_500);
	}

	@Test
	void groupWithMembersOrUntoldChangesIsNotRemoved() {
		tell(1);
		assertThat(this.group.remove()).isFalse();
		this.group.setMembers(0);
		assertThat(this.group.remove()).isFalse();
		begin();
		assertThat(this.group.remove()).isFalse();
		this.group.told(true, this.now);
		assertThat(this.group.remove()).isTrue();
	}

	@Test
	void removedGroupTakesNoChange() {
		assertThat(this.group.remove()).isTrue();
		assertThat(this.group.setMembers(1)).isFalse();
		assertThat(this.group.list(present("a"))).isFalse();
	}

	// What a Redis that does what it is told has in the end is what this node has
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void redisHasInTheEndWhatTheNodeHas(int seed) {
		Random random = new Random(seed);
		Map<String, Present> redis = new HashMap<>();
		int number = 0;
		PresenceChange onItsWay = null;
		for (int step = 0; step < 5_000; step++) {
			String channel = "c" + random.nextInt(20);
			switch (random.nextInt(7)) {
				case 0, 1 -> this.group.list(present(channel));
				case 2 -> this.group.unlist(channel);
				case 3 -> this.group.setMembers(random.nextInt(4));
				case 4 -> {
					this.now += random.nextLong(PAUSE);
				}
				case 5 -> {
					if (onItsWay == null) {
						onItsWay = begin();
					}
				}
				default -> {
					if (onItsWay != null) {
						boolean executed = random.nextInt(5) > 0;
						boolean answered = random.nextInt(5) > 0;
						number = executed ? execute(onItsWay, redis) : number;
						end(executed && answered);
						onItsWay = null;
					}
				}
			}
		}
		if (onItsWay != null) {
			end(false);
		}
		PresenceChange last;
		do {
			this.now += PAUSE;
			last = begin();
			if (last != null) {
				number = execute(last, redis);
				end(true);
			}
		}
		while (last != null);
		assertThat(redis.values()).containsExactlyInAnyOrderElementsOf(this.group.listed());
		assertThat(number).isEqualTo(this.group.members());
	}

	private static int execute(PresenceChange change, Map<String, Present> redis) {
		if (change.reset()) {
			redis.clear();
		}
		change.removed().forEach(redis::remove);
		change.listed().forEach((present) -> redis.put(present.channelId(), present));
		return change.members();
	}

	private void end(boolean answered) {
		if (answered) {
			this.group.told(true, this.now);
		}
		else {
			this.group.failed(this.now);
		}
	}

}
