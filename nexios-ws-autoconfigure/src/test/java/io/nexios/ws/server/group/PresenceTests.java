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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.GroupPresence;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.channel.Present;
import io.nexios.ws.server.group.ControlledBroker.Call;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.spi.ManualTimeSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Who is in a group.
 *
 * @author Nexios Team
 */
@Timeout(30)
class PresenceTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final ControlledBroker broker = new ControlledBroker();

	private final LocalServer server = LocalServer.with(this.broker).time(this.time).build();

	private final BrokerChannelBox box = this.server.box();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void memberIsListedAsItWishes() {
		GroupClient client = GroupClient.connect(this.server);
		client.join("g", JoinOptions.create().presentAs(Map.of("name", "Ada")));
		GroupClient.connect(this.server).join("g", JoinOptions.create());
		GroupPresence presence = this.box.presence("g");
		assertThat(presence.channels()).isEqualTo(2);
		assertThat(presence.nodes()).isEqualTo(1);
		assertThat(presence.complete()).isTrue();
		assertThat(presence.present()).containsExactly(new Present(client.channel().id(), LocalConnection.USER,
				JsonMapper.shared().readTree("{\"name\":\"Ada\"}"), this.time.instant()));
	}

	@Test
	void memberThatHasLeftIsNotListed() {
		GroupClient client = GroupClient.connect(this.server);
		Channel second = Channel.builder(client.local().ws()).payloadType(PayloadType.TEXT).build();
		client.join("g", JoinOptions.create().presentAs("first"));
		this.box.join(second, "g", JoinOptions.create().presentAs("second"));
		this.box.removeChannelFromGroup(client.channel(), "g");
		assertThat(this.box.presence("g").present()).extracting(Present::channelId).containsExactly(second.id());
		client.local().end();
		assertThat(this.box.presence("g")).isEqualTo(GroupPresence.NONE);
		assertThat(this.server.kept()).containsOnly(0);
	}

	@Test
	void secondJoinDoesNotChangeTheEntry() {
		GroupClient client = GroupClient.connect(this.server);
		client.join("g", JoinOptions.create().presentAs("first"));
		assertThat(client.join("g", JoinOptions.create().presentAs("second")).status())
			.isEqualTo(ChannelAddStatus.CHANNEL_EXIST);
		assertThat(this.box.presence("g").present()).singleElement()
			.extracting((present) -> present.info().stringValue())
			.isEqualTo("first");
	}

	@Test
	void thousandMembersAreListedAtMost() {
		for (int i = 0; i < 1_000; i++) {
			GroupClient.connect(this.server).join("g", JoinOptions.create().presentAs(i));
		}
		GroupClient.connect(this.server).join("g", JoinOptions.create());
		assertThat(this.box.presence("g").present()).hasSize(1_000);
		assertThat(this.box.presence("g").complete()).isTrue();
		GroupClient.connect(this.server).join("g", JoinOptions.create().presentAs("one more"));
		GroupPresence presence = this.box.presence("g");
		assertThat(presence.present()).hasSize(1_000);
		assertThat(presence.channels()).isEqualTo(1_002);
		assertThat(presence.complete()).isFalse();
	}

	@Test
	void informationIsLimitedInBytes() {
		GroupClient client = GroupClient.connect(this.server);
		// With its quotes
		client.join("g", JoinOptions.create().presentAs("x".repeat(1_022)));
		for (Object info : Arrays.asList("x".repeat(1_023), "\u00e4".repeat(512), "\u20ac".repeat(400),
				List.of("x".repeat(2_000)))) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> client.join("other", JoinOptions.create().presentAs(info)));
		}
		assertThat(this.box.showGroups()).containsOnlyKeys("g");
		assertThat(this.broker.count(Call.SUBSCRIBE)).isEqualTo(1);
	}

	@Test
	void informationThatIsNoJsonIsRefused() {
		GroupClient client = GroupClient.connect(this.server);
		List<Object> recursive = new ArrayList<>();
		recursive.add(recursive);
		for (Object info : List.of(recursive, new Failing())) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> client.join("g", JoinOptions.create().presentAs(info)));
		}
		assertThat(this.server.kept()).containsExactly(1, 0, 0, 0);
	}

	@Test
	void informationIsThatOfTheMomentOfTheJoin() {
		List<String> info = new ArrayList<>(List.of("before"));
		GroupClient.connect(this.server).join("g", JoinOptions.create().presentAs(info));
		info.set(0, "after");
		assertThat(this.box.presence("g").present().get(0).info().get(0).stringValue()).isEqualTo("before");
	}

	@Test
	void joinThatFailsIsNotListed() throws Exception {
		this.broker.hold(Call.HISTORY);
		GroupClient client = GroupClient.connect(this.server);
		CompletableFuture<JoinResult> join = client.startJoin("g",
				JoinOptions.create().withHistory().presentAs("here"));
		Awaitility.await().until(() -> this.broker.heldAnswers() == 1);
		client.local().end();
		assertThat(join.get(10, TimeUnit.SECONDS).status()).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		assertThat(this.box.presence("g")).isEqualTo(GroupPresence.NONE);
	}

	@Test
	void groupWithoutMembersHasNobody() {
		assertThat(this.box.presence("g")).isEqualTo(GroupPresence.NONE);
	}

	/**
	 * Cannot be written.
	 */
	public static final class Failing {

		public String getName() {
			throw new UnsupportedOperationException("no name");
		}

	}

}
