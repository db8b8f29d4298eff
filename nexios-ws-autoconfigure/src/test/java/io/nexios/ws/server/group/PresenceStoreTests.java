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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.PresenceStore;
import io.nexios.ws.channel.GroupPresence;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.Present;
import io.nexios.ws.server.handler.LocalServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A broker that counts and lists the members in a store of its own.
 *
 * @author Nexios Team
 */
class PresenceStoreTests {

	private final RecordingStore store = new RecordingStore();

	private final LocalServer server = LocalServer.with(new StoringBroker(LocalServer.broker(10), this.store)).build();

	private final BrokerChannelBox box = this.server.box();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void storeIsToldOfEachChange() {
		GroupClient first = GroupClient.connect(this.server);
		GroupClient second = GroupClient.connect(this.server);
		first.join("g", JoinOptions.create());
		second.join("g", JoinOptions.create().presentAs("Ada"));
		this.box.removeChannelFromGroup(first.channel(), "g");
		second.local().end();
		String id = second.channel().id();
		assertThat(this.store.calls).containsExactly("members g 1", "members g 2", "present g " + id, "members g 1",
				"members g 0", "absent g " + id);
		assertThat(this.server.kept()).containsExactly(1, 0, 1, 0);
	}

	@Test
	void presenceIsThatOfTheStore() {
		GroupClient.connect(this.server).join("g", JoinOptions.create());
		assertThat(this.box.presence("g")).isEqualTo(RecordingStore.PRESENCE);
	}

	private static final class StoringBroker extends DelegatingBroker {

		private final PresenceStore store;

		StoringBroker(GroupBroker delegate, PresenceStore store) {
			super(delegate);
			this.store = store;
		}

		@Override
		public PresenceStore presence() {
			return this.store;
		}

	}

	private static final class RecordingStore implements PresenceStore {

		private static final GroupPresence PRESENCE = new GroupPresence(7, 2, List.of(), false);

		private final List<String> calls = new CopyOnWriteArrayList<>();

		@Override
		public void members(String group, int count) {
			this.calls.add("members " + group + " " + count);
		}

		@Override
		public void present(String group, Present present) {
			this.calls.add("present " + group + " " + present.channelId());
		}

		@Override
		public void absent(String group, String channelId) {
			this.calls.add("absent " + group + " " + channelId);
		}

		@Override
		public CompletionStage<GroupPresence> read(String group, int limit) {
			return CompletableFuture.completedStage(PRESENCE);
		}

	}

}
