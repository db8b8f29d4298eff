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
import java.util.concurrent.CompletableFuture;

import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.PresenceStore;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Brokers that cannot be reached.
 *
 * @author Nexios Team
 */
class FailingBrokerTests {

	private final GroupBroker broker = broker();

	private final LocalServer server = new LocalServer(this.broker, JsonMapper.shared(), null);

	private final BrokerChannelBox box = this.server.box();

	private final LocalConnection local = this.server.connect();

	private final Channel channel = Channel.of(this.local.ws());

	private static GroupBroker broker() {
		GroupBroker broker = mock(GroupBroker.class);
		given(broker.nodeId()).willReturn("");
		given(broker.timeout()).willReturn(Duration.ofSeconds(10));
		given(broker.presence()).willReturn(PresenceStore.LOCAL);
		return broker;
	}

	@BeforeEach
	void reachable() {
		given(this.broker.subscribe(anyString())).willReturn(CompletableFuture.completedStage(Position.start(1)));
		given(this.broker.unsubscribe(anyString())).willReturn(CompletableFuture.completedStage(null));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void failureIsToldToTheCallerWhoCanTryAgain() {
		given(this.broker.subscribe(anyString())).willReturn(failed());
		assertThatExceptionOfType(GroupsUnavailableException.class)
			.isThrownBy(() -> this.box.addChannelToGroup(this.channel, "g"))
			.withRootCauseInstanceOf(IllegalStateException.class);
		assertThat(this.box.showGroups()).isEmpty();
		assertThat(this.server.kept()).containsExactly(1, 0, 1, 0);
		given(this.broker.subscribe(anyString())).willReturn(CompletableFuture.completedStage(Position.start(1)));
		assertThat(this.box.addChannelToGroup(this.channel, "g")).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
	}

	@Test
	void historyThatCannotBeReadLeavesNoMember() {
		given(this.broker.history(anyString(), any())).willReturn(failed());
		assertThatExceptionOfType(GroupsUnavailableException.class)
			.isThrownBy(() -> this.box.joinWithHistory(this.channel, "g"));
		assertThat(this.box.showGroups()).isEmpty();
		assertThat(this.box.addChannelToGroup(this.channel, "g")).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
	}

	@Test
	void connectionThatEndsLeavesAllGroupsAllTheSame() {
		this.box.addChannelToGroup(this.channel, "a");
		this.box.addChannelToGroup(this.channel, "b");
		given(this.broker.unsubscribe(anyString())).willReturn(failed());
		this.local.end();
		assertThat(this.box.showGroups()).isEmpty();
		assertThat(this.server.kept()).containsOnly(0);
		assertThat(this.local.ws().closed().toCompletableFuture().join().getCode()).isEqualTo(1006);
	}

	@Test
	void failureToPublishIsToldToTheCaller() {
		given(this.broker.publish(any())).willReturn(failed());
		assertThatExceptionOfType(GroupsUnavailableException.class).isThrownBy(() -> this.box.groupSend("g", "x"))
			.withRootCauseInstanceOf(IllegalStateException.class);
	}

	private static <T> CompletableFuture<T> failed() {
		return CompletableFuture.failedFuture(new IllegalStateException("unreachable"));
	}

}
