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
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.server.group.delivery.Member;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

/**
 * {@link Memberships} around the end of a connection.
 *
 * @author Nexios Team
 */
class MembershipsTests {

	private final LocalServer server = LocalServer.with(LocalServer.broker(10)).build();

	private final List<Membership> removed = new ArrayList<>();

	private final Memberships memberships = new Memberships(10, new Memberships.Leaving() {

		@Override
		public void remove(Membership membership) {
			MembershipsTests.this.removed.add(membership);
		}

		@Override
		public boolean release(Membership membership) {
			return true;
		}

	});

	private final LocalConnection local = this.server.connect();

	private final Channel channel = Channel.of(this.local.ws());

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void endRemovesWhatWasJoined() {
		Membership membership = this.memberships.begin(this.channel, "a").membership();
		assertThat(this.memberships.joined(membership, mock(Member.class), null)).isTrue();
		this.local.end();
		assertThat(this.removed).containsExactly(membership);
	}

	@Test
	void joinThatSucceedsAfterTheEndIsNone() {
		Membership membership = this.memberships.begin(this.channel, "a").membership();
		this.local.end();
		assertThat(this.memberships.joined(membership, mock(Member.class), null)).isFalse();
		assertThat(membership.ended()).isCompleted();
	}

	@Test
	void joinThatSucceedsAfterTheEndIsNoneWhileAnotherJoinBegins() {
		Membership membership = this.memberships.begin(this.channel, "a").membership();
		Channel later = Channel.builder(this.local.ws()).build();
		this.local.end();
		AtomicReference<Boolean> joined = new AtomicReference<>();
		Channel beginning = whenItAsksForTheEnd(later,
				() -> joined.set(this.memberships.joined(membership, mock(Member.class), null)));
		assertThat(this.memberships.begin(beginning, "b").refused()).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		assertThat(joined).hasValue(false);
	}

	// The connection has an entry by then, and the entry does not know of the end
	private Channel whenItAsksForTheEnd(Channel channel, Runnable action) {
		AtomicBoolean known = new AtomicBoolean();
		Channel spied = spy(channel);
		willAnswer((invocation) -> {
			if (known.getAndSet(true)) {
				action.run();
			}
			return invocation.callRealMethod();
		}).given(spied).webSocket();
		return spied;
	}

}
