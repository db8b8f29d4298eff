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

package io.nexios.ws.broker.redis.presence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.node.LiveNodes;
import io.nexios.ws.broker.redis.node.NodeId;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.channel.GroupPresence;
import io.nexios.ws.channel.Present;
import org.jspecify.annotations.Nullable;

/**
 * Reads who is in a group. Other nodes count only while they have a lease. The members of
 * this node are those that it has now, and not those that Redis knows of.
 *
 * @author Nexios Team
 */
final class PresenceReads {

	private static final Comparator<Present> FIRST_COMES_FIRST = Comparator.comparing(Present::since)
		.thenComparing(Present::channelId);

	private final PresentFormat format = new PresentFormat();

	private final RedisNames names;

	private final String node;

	private final RedisCalls calls;

	private final LiveNodes nodes;

	private final RedisObserver observer;

	PresenceReads(RedisNames names, String node, RedisCalls calls, LiveNodes nodes, RedisObserver observer) {
		this.names = names;
		this.node = node;
		this.calls = calls;
		this.nodes = nodes;
		this.observer = observer;
	}

	/**
	 * Read a group.
	 * @param group the group
	 * @param limit the maximum number of listed members
	 * @param local the members on this node, or {@code null} if there are none
	 * @return a stage that completes with the members
	 */
	CompletionStage<GroupPresence> read(String group, int limit, @Nullable LocalGroup local) {
		GroupKeys keys = this.names.group(group);
		return this.calls
			.call(RedisRequest.script(RedisScript.PRESENCE, List.of(keys.interest(), keys.presence()), limit))
			.thenCompose((answer) -> {
				List<?> parts = list(answer);
				Map<String, Long> members = members(list(parts.get(0)));
				return this.nodes.of(members.keySet())
					.thenApply((live) -> presence(members, live, parts, limit, local));
			});
	}

	private static List<?> list(@Nullable Object answer) {
		if (answer instanceof List<?> list) {
			return list;
		}
		throw new IllegalStateException("The presence in Redis cannot be read");
	}

	private Map<String, Long> members(List<?> interest) {
		Map<String, Long> members = new HashMap<>();
		for (int i = 0; i + 1 < interest.size(); i += 2) {
			String node = text(interest.get(i));
			long count = number(text(interest.get(i + 1)));
			if (NodeId.isId(node) && !node.equals(this.node) && count > 0) {
				members.put(node, count);
			}
		}
		return members;
	}

	private static String text(@Nullable Object value) {
		return (value instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : "";
	}

	private static long number(String text) {
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private GroupPresence presence(Map<String, Long> members, Set<String> live, List<?> parts, int limit,
			@Nullable LocalGroup local) {
		int here = (local != null) ? local.members() : 0;
		long elsewhere = live.stream().mapToLong(members::get).sum();
		List<Present> present = new ArrayList<>((local != null) ? local.listed() : List.of());
		addListed(list(parts.get(1)), live, present);
		present.sort(FIRST_COMES_FIRST);
		boolean complete = parts.get(2) instanceof Long all && all <= limit && present.size() <= limit;
		return new GroupPresence(here + elsewhere, live.size() + ((here > 0) ? 1 : 0),
				present.subList(0, Math.min(limit, present.size())), complete);
	}

	private void addListed(List<?> listed, Set<String> live, List<Present> present) {
		for (int i = 0; i + 1 < listed.size(); i += 2) {
			if (listed.get(i) instanceof byte[] channel && listed.get(i + 1) instanceof byte[] entry
					&& isOf(live, channel)) {
				add(channel, entry, present);
			}
		}
	}

	private static boolean isOf(Set<String> live, byte[] channel) {
		String id = text(channel);
		return live.contains(id.substring(0, Math.max(0, id.indexOf('.'))));
	}

	private void add(byte[] channel, byte[] entry, List<Present> present) {
		Present read = this.format.read(channel, entry);
		if (read != null) {
			present.add(read);
		}
		else {
			this.observer.ignored();
		}
	}

	List<Present> read(List<byte[]> listed) {
		List<Present> present = new ArrayList<>(listed.size() / 2);
		for (int i = 0; i + 1 < listed.size(); i += 2) {
			add(listed.get(i), listed.get(i + 1), present);
		}
		present.sort(FIRST_COMES_FIRST);
		return present;
	}

}
