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

package io.nexios.ws.broker.redis.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RedisNames}.
 *
 * @author Nexios Team
 */
class RedisNamesTests {

	private static final int TAGS = 64;

	private final RedisNames names = new RedisNames("nx");

	static String[] groups() {
		return new String[] { "lobby", "", "a b", "{x}", "}{", "{}", "*", "a:c:b", ":c:", "}:c:x", "ä",
				"\uD83D\uDE00".repeat(200), "nx:{mm}:c:lobby" };
	}

	@Test
	void namesDoNotChange() {
		assertThat(this.names.group("chat:lobby")).isEqualTo(new GroupKeys("nx:{21}:m:chat:lobby",
				"nx:{21}:s:chat:lobby", "nx:{21}:n:chat:lobby", "nx:{21}:p:chat:lobby", "nx:{21}:c:chat:lobby"));
		assertThat(Arrays.asList(this.names.node("ab"), this.names.nodes(), this.names.owned("ab"),
				this.names.lock("ab"), this.names.inbox("ab"), this.names.commands(), this.names.probe("ab")))
			.containsExactly("nx:node:ab", "nx:nodes", "nx:own:ab", "nx:lock:ab", "nx:in:ab", "nx:ctl", "nx:probe:ab");
	}

	@Test
	void tagOfAGroupDoesNotChange() {
		assertThat(this.names.tag("123456789")).isEqualTo(tagAt(0xCBF43926 & 63));
	}

	private static String tagAt(int index) {
		return ("mm 6q 9i e8 29 21 7 ax 0j kv dn df f n w xw 8g d6 lc 02 g3 4c 6 4r 99 91 1d m5 g o v z 7a k0 ce 8y 4l op 1 9 "
				+ "jf 1z zj b3 d h q y bk 9w 6o ms af an 0 8 c5 dp kh 0t a i p x")
			.split(" ")[index];
	}

	@Test
	void tagsAreSpreadOverAllSlots() {
		Set<String> seen = new HashSet<>();
		for (int i = 0; seen.size() < TAGS && i < 10_000; i++) {
			seen.add(this.names.tag("group-" + i));
		}
		assertThat(seen).hasSize(TAGS);
		for (int i = 0; i < TAGS; i++) {
			assertThat(slot(tagAt(i)) / 256).as("Slot of %s", tagAt(i)).isEqualTo(i);
			assertThat(seen).contains(tagAt(i));
		}
	}

	/**
	 * Calculate the slot as Redis Cluster does.
	 */
	private static int slot(String tag) {
		int crc = 0;
		for (byte next : tag.getBytes(StandardCharsets.UTF_8)) {
			crc ^= next << 8;
			for (int bit = 0; bit < 8; bit++) {
				crc = ((crc & 0x8000) != 0) ? (crc << 1) ^ 0x1021 : crc << 1;
			}
		}
		return crc & 0x3FFF;
	}

	@ParameterizedTest
	@MethodSource("groups")
	void tagComesFirstAndChannelNamesItsGroup(String group) {
		GroupKeys keys = this.names.group(group);
		assertThat(Arrays.asList(keys.meta(), keys.stream(), keys.interest(), keys.presence(), keys.channel()))
			.doesNotHaveDuplicates()
			.allMatch((name) -> name.startsWith("nx:{" + this.names.tag(group) + "}:") && name.endsWith(":" + group));
		assertThat(this.names.groupOf(keys.channel())).isEqualTo(group);
		assertThat(this.names.groupOf(keys.meta())).isNull();
		assertThat(this.names.groupOfStream(keys.stream())).isEqualTo(group);
		assertThat(this.names.groupOfStream(keys.channel())).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nx", "nx:", "nx:{", "nx:{}", "nx:{}:c:lobby", "nx:{mm}:c:chat:lobby",
			"ny:{w}:c:chat:lobby", "nx:ctl", "nx:in:ab", "nx:{21}:m:chat:lobby" })
	void otherChannelHasNoGroup(String channel) {
		assertThat(this.names.groupOf(channel)).isNull();
	}

	@Test
	void unpairedSurrogateIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.names.group("a\uD83D"))
			.withMessageNotContaining("a\uD83D");
		assertThat(this.names.groupOf("nx:{21}:c:\uD83D")).isNull();
	}

	@Test
	void patternOfStreamsTakesThePrefixAsItIs() {
		assertThat(this.names.streams()).isEqualTo("nx:{*}:s:*");
		assertThat(new RedisNames("a*b?[c]\\").streams()).isEqualTo("a\\*b\\?\\[c\\]\\\\:{*}:s:*");
	}

	@Test
	void prefixWithBraceIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RedisNames("{a}"));
	}

}
