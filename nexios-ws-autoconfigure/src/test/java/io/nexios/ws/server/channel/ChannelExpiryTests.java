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

package io.nexios.ws.server.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Channels that expire, and what their timers keep.
 *
 * @author Nexios Team
 */
class ChannelExpiryTests {

	@Test
	void channelsDoNotExpireUnlessAskedTo() {
		try (LocalServer server = server(null)) {
			Channel channel = Channel.of(server.connect().ws());
			assertThat(channel.expiresAt()).isNull();
			assertThat(channel.isActive()).isTrue();
			assertThat(server.timers()).isZero();
		}
	}

	@Test
	void quietChannelLeavesItsGroupsAndIsClosed() {
		try (LocalServer server = server(Duration.ofSeconds(2))) {
			LocalConnection local = server.connect();
			Channel channel = Channel.of(local.ws());
			assertThat(channel.expiresAt()).isBefore(Instant.now().plusMillis(2_001));
			server.box().addChannelToGroup(channel, "g");
			Awaitility.await().until(() -> local.closeFrame() != null);
			assertThat(local.closeFrame()).extracting("code", "reason").containsExactly(1001, "Channel expired");
			assertThat(server.box().showGroups()).isEmpty();
			assertThat(channel.isActive()).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "touch", "receive", "send", "offer" })
	void activityPostponesExpiry(String happening) {
		try (LocalServer server = server(Duration.ofSeconds(2))) {
			LocalConnection local = server.connect();
			Channel channel = Channel.of(local.ws());
			Instant first = channel.expiresAt();
			AtomicInteger times = new AtomicInteger();
			Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
				switch (happening) {
					case "touch" -> channel.touch();
					case "receive" -> local.sendText("x");
					case "send" -> channel.sendText("x");
					default -> server.box().sendTo(channel.id(), "x");
				}
				return times.incrementAndGet() > 30 && Instant.now().isAfter(first.plusMillis(200));
			});
			assertThat(local.closeFrame()).isNull();
			assertThat(channel.isActive()).isTrue();
			assertThat(channel.expiresAt()).isAfter(first.plusMillis(200));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT0.000999S", "-PT1S", "P36501D", "PT2562047788015215H" })
	void timeThatCannotBeCountedIsRefused(Duration expires) {
		try (LocalServer server = server(null)) {
			Channel.Builder builder = Channel.builder(server.connect().ws());
			assertThatIllegalArgumentException().isThrownBy(() -> builder.expires(expires));
			assertThat(builder.expires(Duration.ofDays(36_500)).build().isActive()).isTrue();
		}
	}

	@Test
	void builtChannelExpiresByItsOwnTime() {
		try (LocalServer server = server(Duration.ofHours(1))) {
			LocalConnection local = server.connect();
			Channel channel = Channel.builder(local.ws()).expires(Duration.ofMillis(50)).build();
			Awaitility.await().until(() -> local.closeFrame() != null);
			assertThat(channel.isActive()).isFalse();
		}
	}

	@Test
	void timersAreGoneWithTheirConnections() {
		try (LocalServer server = server(Duration.ofHours(1))) {
			for (int i = 0; i < 100; i++) {
				LocalConnection local = server.connect();
				Channel.of(local.ws());
				Channel.builder(local.ws()).build();
				if (i % 2 == 0) {
					local.ws().close();
				}
				local.end();
			}
			assertThat(server.timers()).isZero();
		}
	}

	@Test
	void expiryLongerThanAnyTimerIsPossible() {
		try (LocalServer server = server(Duration.ofDays(365_000))) {
			assertThat(Channel.of(server.connect().ws()).isActive()).isTrue();
		}
	}

	@Test
	void serverThatHasStoppedSpendsNoTimeOnChannels() {
		LocalServer server = server(Duration.ofHours(1));
		LocalConnection local = server.connect();
		server.close();
		AtomicInteger tasks = new AtomicInteger();
		Executor counting = (task) -> tasks.incrementAndGet();
		ReflectionTestUtils.setField(server.threads(), "ends", counting);
		Channel.of(local.ws());
		assertThat(tasks).hasValue(0);
	}

	private static LocalServer server(@Nullable Duration expires) {
		return new LocalServer(LocalServer.broker(10), JsonMapper.shared(), expires);
	}

}
