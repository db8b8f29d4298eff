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

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.PresenceStore;
import io.nexios.ws.channel.GroupPresence;
import io.nexios.ws.channel.Present;
import io.nexios.ws.server.group.broker.Waits;
import io.nexios.ws.server.group.delivery.Group;
import io.nexios.ws.server.group.delivery.Groups;
import io.nexios.ws.server.group.delivery.Member;

/**
 * Tells who is in a group. With the store of this node, the members themselves are the
 * source. Another store is told of each change, in the order of the calls for the group.
 *
 * @author Nexios Team
 */
final class Presence {

	private static final int LIMIT = 1_000;

	private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

	private final PresenceStore store;

	private final Groups groups;

	private final Waits waits;

	Presence(PresenceStore store, Groups groups, Waits waits) {
		this.store = store;
		this.groups = groups;
		this.waits = waits;
	}

	/**
	 * A channel has become a member.
	 * @param name the name of the group
	 * @param group the group
	 * @param member the member
	 */
	void joined(String name, Group group, Member member) {
		if (this.store != PresenceStore.LOCAL) {
			Present present = member.present();
			this.groups.tell(name, group, () -> {
				this.store.members(name, group.size());
				if (present != null) {
					this.store.present(name, present);
				}
				return DONE;
			});
		}
	}

	/**
	 * A member has left.
	 * @param name the name of the group
	 * @param group the group, which is still held
	 * @param member the member
	 */
	void left(String name, Group group, Member member) {
		if (this.store != PresenceStore.LOCAL) {
			this.groups.tell(name, group, () -> {
				this.store.members(name, group.size());
				if (member.present() != null) {
					this.store.absent(name, member.channel().id());
				}
				return DONE;
			});
		}
	}

	GroupPresence of(String name) {
		return (this.store == PresenceStore.LOCAL) ? ofNode(name) : this.waits.await(this.store.read(name, LIMIT));
	}

	private GroupPresence ofNode(String name) {
		Group group = this.groups.find(name);
		List<Member> members = (group != null) ? group.members() : List.of();
		return members.isEmpty() ? GroupPresence.NONE : of(members);
	}

	private static GroupPresence of(Collection<Member> members) {
		List<Present> present = members.stream()
			.map(Member::present)
			.filter(Objects::nonNull)
			.sorted(Comparator.comparing(Present::since).thenComparing(Present::channelId))
			.toList();
		List<Present> listed = present.subList(0, Math.min(LIMIT, present.size()));
		return new GroupPresence(members.size(), 1, listed, listed.size() == present.size());
	}

}
