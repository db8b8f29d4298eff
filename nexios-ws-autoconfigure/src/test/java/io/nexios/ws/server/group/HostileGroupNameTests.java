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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.GroupSendStatus;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.testsupport.HashCollisions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Names of groups that clients choose to do harm.
 *
 * @author Nexios Team
 */
class HostileGroupNameTests {

	@Test
	void everyControlCharacterIsRefusedWhereverItIs() {
		IntStream.range(0, 0x10000).filter(Character::isISOControl).mapToObj(Character::toString).forEach((control) -> {
			for (String name : List.of(control, "a" + control, control + "a", "a" + control + "a")) {
				assertThatIllegalArgumentException().isThrownBy(() -> GroupName.check(name))
					.withMessageContaining("control characters");
			}
		});
	}

	@Test
	void hundredThousandCharactersAreRefusedAndNotRepeated() {
		assertThatIllegalArgumentException().isThrownBy(() -> GroupName.check("secret".repeat(17_000)))
			.withMessageContaining("102000")
			.withMessageNotContaining("secret");
	}

	@Test
	@Timeout(60)
	void thousandsOfNamesOfTheSameHashAreGroupsOfTheirOwn() {
		List<String> names = HashCollisions.names(1 << 12);
		try (LocalServer server = new LocalServer()) {
			BrokerChannelBox box = server.box();
			List<LocalConnection> connections = new ArrayList<>();
			for (int i = 0; i < names.size(); i += LocalServer.MAX_GROUPS) {
				LocalConnection connection = server.connect();
				connections.add(connection);
				for (String name : names.subList(i, Math.min(i + LocalServer.MAX_GROUPS, names.size()))) {
					assertThat(box.addChannelToGroup(Channel.of(connection.ws()), name))
						.isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
				}
			}
			names.forEach((name) -> assertThat(box.groupSend(name, "x")).isEqualTo(GroupSendStatus.GROUP_SEND));
			assertThat(box.showGroups()).hasSize(names.size());
			names.forEach((name) -> assertThat(box.channels(name)).hasSize(1));
			for (LocalConnection connection : connections) {
				connection.ws().close();
				assertThat(connection.ws().closed()).succeedsWithin(Duration.ofSeconds(10));
			}
			assertThat(box.showGroups()).isEmpty();
		}
	}

	@Test
	void sendingToNamesOfGroupsThatDoNotExistKeepsNothing() {
		try (LocalServer server = new LocalServer()) {
			List<Integer> before = server.kept();
			HashCollisions.names(1 << 12)
				.forEach((name) -> assertThat(server.box().groupSend(name, "x"))
					.isEqualTo(GroupSendStatus.NO_SUCH_GROUP));
			assertThat(server.kept()).isEqualTo(before);
		}
	}

}
