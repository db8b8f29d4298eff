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

import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.server.group.Memberships.Beginning;
import io.nexios.ws.server.group.broker.BrokerCalls;
import io.nexios.ws.server.group.broker.Waits;
import io.nexios.ws.server.group.broker.Waits.Deadline;
import io.nexios.ws.server.group.broker.Waits.GivenUpException;
import io.nexios.ws.server.group.delivery.Delivery;
import io.nexios.ws.server.group.delivery.Group;
import io.nexios.ws.server.group.delivery.Group.Seam;
import io.nexios.ws.server.group.delivery.Groups;
import io.nexios.ws.server.group.delivery.Groups.Held;
import io.nexios.ws.server.group.delivery.JoinRequest;
import io.nexios.ws.server.group.delivery.Member;
import io.nexios.ws.server.group.delivery.RecentReads;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Adds channels to groups. A join runs on the thread of its caller, from the top to the
 * bottom: hold the group, wait for its subscription, add the member, find what it gets of
 * the past, start it. If anything fails, all of it is undone.
 *
 * @author Nexios Team
 */
public final class Joins {

	private static final JoinResult EXISTS = notAdded(ChannelAddStatus.CHANNEL_EXIST);

	private final Groups groups;

	private final Memberships memberships;

	private final RecentReads recents;

	private final JoinRequests requests;

	private final BrokerCalls broker;

	private final Waits waits;

	private final Presence presence;

	private final GroupSettings settings;

	private final ServerObserver observer;

	Joins(Groups groups, Memberships memberships, RecentReads recents, JoinRequests requests, BrokerCalls broker,
			Waits waits, Presence presence, GroupSettings settings, ServerObserver observer) {
		this.groups = groups;
		this.memberships = memberships;
		this.recents = recents;
		this.requests = requests;
		this.broker = broker;
		this.waits = waits;
		this.presence = presence;
		this.settings = settings;
		this.observer = observer;
	}

	JoinResult join(Channel channel, String group, JoinOptions options) {
		this.requests.check(channel, options);
		Deadline deadline = this.waits.start();
		while (true) {
			Beginning beginning = this.memberships.begin(channel, group);
			if (beginning.refused() != null) {
				return notAdded(beginning.refused());
			}
			Membership membership = beginning.membership();
			Assert.state(membership != null, "A join that is not refused has a membership");
			if (!beginning.other()) {
				return join(membership, options, deadline);
			}
			if (deadline.await(membership.outcome())) {
				return EXISTS;
			}
		}
	}

	private JoinResult join(Membership membership, JoinOptions options, Deadline deadline) {
		JoinResult result = null;
		try {
			result = hold(membership, options, deadline);
		}
		catch (GivenUpException ex) {
			// The connection has ended
		}
		finally {
			if (result == null) {
				this.memberships.notJoined(membership);
			}
		}
		return (result != null) ? result : notAdded(ChannelAddStatus.CHANNEL_CLOSED);
	}

	private @Nullable JoinResult hold(Membership membership, JoinOptions options, Deadline deadline) {
		Held held = this.groups.hold(membership.group());
		boolean joined = false;
		try {
			deadline.await(held.subscription().ready(), membership.ended());
			JoinResult result = add(membership, held.group(), options, deadline);
			joined = (result != null);
			return result;
		}
		finally {
			if (!joined) {
				this.groups.release(membership.group(), held.group());
			}
		}
	}

	private @Nullable JoinResult add(Membership membership, Group group, JoinOptions options, Deadline deadline) {
		JoinRequest request = this.requests.create(membership.channel(), group.envelope().tokens(), options);
		Member member = new Member(membership.channel(), group.envelope(), request, this.settings.maxBytesPerMember(),
				this.settings.maxMessagesPerMember());
		boolean joined = false;
		Seam seam = group.add(member, request, this.recents.histories());
		try {
			this.recents.read(membership.group(), group, seam.recent());
			Replay replay = new CatchUp(this.broker, membership, request, deadline).replay(seam);
			JoinResult result = start(member, group, request, replay);
			// Before another thread can let the member leave again
			this.presence.joined(membership.group(), group, member);
			joined = this.memberships.joined(membership, member, request.token());
			return joined ? result : null;
		}
		finally {
			if (seam.recent() != null) {
				seam.recent().done();
			}
			if (!joined) {
				group.remove(member);
				this.presence.left(membership.group(), group, member);
			}
		}
	}

	private JoinResult start(Member member, Group group, JoinRequest request, Replay replay) {
		if (request.resuming()) {
			this.observer.groupResumed(replay.recovery() == Recovery.RECOVERED);
		}
		List<OutboundFrame> messages = new ArrayList<>(replay.messages().size());
		for (Delivery delivery : replay.messages()) {
			OutboundFrame frame = delivery.frame(member.channel(), request.positions());
			if (frame != null) {
				messages.add(frame);
			}
		}
		int missed = (replay.recovery() == Recovery.RECOVERED) ? messages.size() : 0;
		String position = (replay.from() != null) ? group.envelope().tokens().write(replay.from()) : "";
		if (request.positions()) {
			messages.add(0, group.envelope().joined(replay.recovery(), missed, position));
		}
		member.start(messages, replay.skipped());
		return new JoinResult(ChannelAddStatus.CHANNEL_ADDED, replay.recovery(), missed, position);
	}

	private static JoinResult notAdded(ChannelAddStatus status) {
		return new JoinResult(status, Recovery.NOT_ASKED, 0, "");
	}

}
