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

import io.nexios.ws.server.group.delivery.Group;
import io.nexios.ws.server.group.delivery.Groups;
import io.nexios.ws.server.group.delivery.Member;

import org.springframework.util.Assert;

/**
 * Removes members from their groups. Nobody waits for the broker.
 *
 * @author Nexios Team
 */
final class Leavings implements Memberships.Leaving {

	private final Groups groups;

	private final Presence presence;

	Leavings(Groups groups, Presence presence) {
		this.groups = groups;
		this.presence = presence;
	}

	@Override
	public void remove(Membership membership) {
		group(membership).remove(member(membership));
	}

	@Override
	public boolean release(Membership membership) {
		Group group = group(membership);
		this.presence.left(membership.group(), group, member(membership));
		return this.groups.release(membership.group(), group);
	}

	private Group group(Membership membership) {
		// The member holds the group, so it is there
		Group group = this.groups.find(membership.group());
		Assert.state(group != null, "The group of a member was removed");
		return group;
	}

	private static Member member(Membership membership) {
		Member member = membership.member();
		Assert.state(member != null, "The membership is still joining");
		return member;
	}

}
