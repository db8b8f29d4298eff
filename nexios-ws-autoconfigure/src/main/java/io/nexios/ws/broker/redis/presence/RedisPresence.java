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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import io.nexios.ws.broker.PresenceStore;
import io.nexios.ws.broker.redis.connection.LinkListener;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.node.Alarm;
import io.nexios.ws.broker.redis.node.LiveNodes;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.channel.GroupPresence;
import io.nexios.ws.channel.Present;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells Redis who is in the groups of this node, and reads who is in a group on all
 * nodes. Redis is told of a group four times a second at most, except for its first and
 * its last member. So other nodes may see a change half a second later.
 * <p>
 * Everything is told again on each new connection, and when the lease was gone. When
 * Redis cannot be reached, nothing is told, and nothing is kept but the members of this
 * node and which groups have changed.
 *
 * @author Nexios Team
 */
public final class RedisPresence implements PresenceStore {

	private final Map<String, LocalGroup> groups = new ConcurrentHashMap<>();

	private final Set<String> waiting = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean alarmed = new AtomicBoolean();

	private final PresentFormat format = new PresentFormat();

	private final RedisNames names;

	private final String node;

	private final RedisCalls calls;

	private final TimeSource time;

	private final PresenceReads reads;

	private final Alarm alarm;

	private volatile boolean connected;

	/**
	 * Create a store.
	 * @param names the names of keys
	 * @param node the id of this node
	 * @param calls makes requests on the connection for commands
	 * @param nodes tells which nodes there are
	 * @param time the time
	 * @param observer is told of entries that cannot be read
	 */
	public RedisPresence(RedisNames names, String node, RedisCalls calls, LiveNodes nodes, TimeSource time,
			RedisObserver observer) {
		this.names = names;
		this.node = node;
		this.calls = calls;
		this.time = time;
		this.reads = new PresenceReads(names, node, calls, nodes, observer);
		this.alarm = new Alarm(time, this::proceed);
	}

	// Members

	@Override
	public void members(String group, int count) {
		change(group, (local) -> local.setMembers(count));
	}

	@Override
	public void present(String group, Present present) {
		change(group, (local) -> local.list(present));
	}

	@Override
	public void absent(String group, String channelId) {
		LocalGroup local = this.groups.get(group);
		if (local != null) {
			local.unlist(channelId);
			tell(group, local);
		}
	}

	private void change(String group, Predicate<LocalGroup> change) {
		LocalGroup local = this.groups.computeIfAbsent(group, (name) -> new LocalGroup());
		while (!change.test(local)) {
			// Another thread is removing it
			this.groups.remove(group, local);
			local = this.groups.computeIfAbsent(group, (name) -> new LocalGroup());
		}
		tell(group, local);
	}

	/**
	 * Return how many members a group has on this node.
	 * @param group the group
	 * @return the number
	 */
	public int members(String group) {
		LocalGroup local = this.groups.get(group);
		return (local != null) ? local.members() : 0;
	}

	// Telling

	private void tell(String name, LocalGroup group) {
		if (!this.connected) {
			return;
		}
		PresenceChange change = group.begin(this.time.nanoTime());
		if (change != null) {
			this.calls.call(request(name, change))
				.whenComplete((answer, failure) -> answered(name, group, answer, failure));
		}
		else if (group.remove()) {
			this.groups.remove(name, group);
		}
		else if (group.isWaiting()) {
			this.waiting.add(name);
			setAlarm();
		}
	}

	private RedisRequest request(String name, PresenceChange change) {
		GroupKeys keys = this.names.group(name);
		List<Object> arguments = new ArrayList<>(
				List.of(this.node, change.members(), change.reset() ? 1 : 0, change.removed().size()));
		arguments.addAll(change.removed());
		for (Present present : change.listed()) {
			arguments.add(present.channelId());
			arguments.add(this.format.write(present));
		}
		return RedisRequest.script(RedisScript.PRESENT, List.of(keys.interest(), keys.presence()), arguments.toArray());
	}

	private void answered(String name, LocalGroup group, @Nullable Object answer, @Nullable Throwable failure) {
		if (failure != null) {
			group.failed(this.time.nanoTime());
		}
		else {
			group.told(Long.valueOf(1).equals(answer), this.time.nanoTime());
		}
		tell(name, group);
	}

	private void setAlarm() {
		if (this.alarmed.compareAndSet(false, true)) {
			this.alarm.set(LocalGroup.INTERVAL);
		}
	}

	private void proceed() {
		this.alarmed.set(false);
		for (String name : List.copyOf(this.waiting)) {
			this.waiting.remove(name);
			LocalGroup group = this.groups.get(name);
			if (group != null) {
				tell(name, group);
			}
		}
	}

	/**
	 * Tell Redis everything again. For a node whose lease is gone, and for a Redis that
	 * has lost its data.
	 */
	public void announce() {
		this.groups.forEach((name, group) -> {
			group.tellAgain();
			tell(name, group);
		});
	}

	/**
	 * Return what has to be told about the connection for commands.
	 * @return the listener
	 */
	public LinkListener<RedisConnection> commandsLink() {
		return new LinkListener<>() {

			@Override
			public void onUp(RedisConnection connection) {
				RedisPresence.this.connected = true;
				announce();
			}

			@Override
			public void onDown(String reason) {
				RedisPresence.this.connected = false;
			}

		};
	}

	// Reading

	@Override
	public CompletionStage<GroupPresence> read(String group, int limit) {
		return this.reads.read(group, limit, this.groups.get(group));
	}

	/**
	 * Read entries that were taken away from a node that is gone.
	 * @param listed the channel and the entry of each member in turn
	 * @return those that can be read, those that joined first come first
	 */
	public List<Present> read(List<byte[]> listed) {
		return this.reads.read(listed);
	}

	/**
	 * Tell Redis nothing any more.
	 */
	public void close() {
		this.connected = false;
		this.alarm.close();
	}

}
