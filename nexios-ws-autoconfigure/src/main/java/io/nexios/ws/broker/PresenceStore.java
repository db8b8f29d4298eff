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

package io.nexios.ws.broker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.channel.GroupPresence;
import io.nexios.ws.channel.Present;

/**
 * Keeps the number of members of each group, and the members that want to be listed. All
 * methods return without waiting. The calls for one group do not overlap, except for
 * {@link #read}. Other nodes may see a change a moment later.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface PresenceStore {

	/**
	 * Stands for the memory of this node. The groups answer from their own members, and
	 * do not call this store.
	 */
	PresenceStore LOCAL = new LocalPresence();

	/**
	 * Set the number of members on this node.
	 * @param group the group
	 * @param count the number of members at this moment, 0 if there are none
	 */
	void members(String group, int count);

	/**
	 * List a member, or replace it in the list.
	 * @param group the group
	 * @param present the member
	 */
	void present(String group, Present present);

	/**
	 * Do not list a member any more.
	 * @param group the group
	 * @param channelId the channel of the member
	 */
	void absent(String group, String channelId);

	/**
	 * Return the members of a group on all nodes.
	 * @param group the group
	 * @param limit the maximum number of listed members
	 * @return a stage that completes with the members
	 */
	CompletionStage<GroupPresence> read(String group, int limit);

	/**
	 * The store that keeps nothing.
	 */
	final class LocalPresence implements PresenceStore {

		private LocalPresence() {
		}

		@Override
		public void members(String group, int count) {
		}

		@Override
		public void present(String group, Present present) {
		}

		@Override
		public void absent(String group, String channelId) {
		}

		@Override
		public CompletionStage<GroupPresence> read(String group, int limit) {
			return CompletableFuture.completedStage(GroupPresence.NONE);
		}

	}

}
