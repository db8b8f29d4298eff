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

package io.nexios.ws.server.group;

import java.util.function.Consumer;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.server.handler.LocalServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The names of groups.
 *
 * @author Nexios Team
 */
class GroupNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "a", " ", "room:1/ä 日本", "\uD83D\uDE00" })
	void printableNamesAreFine(String name) {
		assertThatNoException().isThrownBy(() -> GroupName.check(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\n", "\u0000", "\t", "a\u007f", "\u0085", "\r\nSet-Cookie: a" })
	void controlCharactersAreRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> GroupName.check(name))
			.withMessageContaining("control characters");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uD83D", "\uDE00", "a\uD83D", "\uDE00a", "\uDE00\uD83D", "\uD83D\uD83D\uDE00" })
	void unpairedSurrogatesAreRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> GroupName.check(name))
			.withMessageContaining("half of a surrogate pair");
	}

	@Test
	void emptyNameIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> GroupName.check(""))
			.withMessageContaining("must not be empty");
	}

	@Test
	void twoHundredCharactersAreTheLimit() {
		assertThatNoException().isThrownBy(() -> GroupName.check("x".repeat(200)));
		assertThatIllegalArgumentException().isThrownBy(() -> GroupName.check("x".repeat(201)))
			.withMessageContaining("at most 200 characters, not 201");
	}

	@Test
	void everyMethodChecks() {
		try (LocalServer server = new LocalServer()) {
			BrokerChannelBox box = server.box();
			Channel channel = Channel.of(server.connect().ws());
			expectCheck((name) -> box.addChannelToGroup(channel, name));
			expectCheck((name) -> box.removeChannelFromGroup(channel, name));
			expectCheck((name) -> box.joinWithHistory(channel, name));
			expectCheck((name) -> box.groupSend(name, "x"));
			expectCheck(box::channels);
			expectCheck(box::showHistory);
		}
	}

	private static void expectCheck(Consumer<String> method) {
		assertThatIllegalArgumentException().isThrownBy(() -> method.accept("\u0007"))
			.withMessageContaining("control characters");
	}

}
