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

package io.nexios.ws.broker.redis.subscribe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.cursor.SimulatedRedis;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.Envelope;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.broker.redis.wire.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * A Redis that does what the scripts of groups do, and whose connections do nothing
 * before a test tells them to. Used by one thread.
 *
 * @author Nexios Team
 */
public final class FakeRedis implements RedisCalls {

	static final String NODE = "0123456789abcdef";

	static final RedisNames NAMES = new RedisNames("nx");

	private final Map<String, Group> groups = new HashMap<>();

	private final Map<String, Group> byMeta = new HashMap<>();

	private final Map<String, Group> byInterest = new HashMap<>();

	private final List<FakeSubscriber> subscribers = new ArrayList<>();

	private final Set<String> owned = new TreeSet<>();

	private final Map<String, String> errors = new HashMap<>();

	private @Nullable FakeConnection commands;

	private long lastId;

	private int requests;

	@Override
	public CompletionStage<@Nullable Object> call(RedisRequest request) {
		FakeConnection connection = (this.commands != null) ? this.commands : FakeConnection.ended(this);
		return connection.send(request);
	}

	/**
	 * Make a request while other threads do so too.
	 * @param request the request
	 * @return the answer
	 */
	synchronized CompletionStage<@Nullable Object> callLocked(RedisRequest request) {
		return call(request);
	}

	FakeConnection openCommands() {
		this.commands = new FakeConnection(this);
		return this.commands;
	}

	@Nullable FakeConnection commands() {
		return this.commands;
	}

	void closeCommands() {
		FakeConnection commands = this.commands;
		this.commands = null;
		if (commands != null) {
			commands.giveUp("closed");
		}
	}

	void add(FakeSubscriber subscriber) {
		this.subscribers.add(subscriber);
	}

	Group group(String name) {
		return this.groups.computeIfAbsent(name, (key) -> {
			Group group = new Group(name);
			this.byMeta.put(NAMES.group(name).meta(), group);
			this.byInterest.put(NAMES.group(name).interest(), group);
			return group;
		});
	}

	Set<String> owned() {
		return this.owned;
	}

	/**
	 * Return the groups of which Redis believes that this node asks for them.
	 * @return the groups
	 */
	Set<String> interest() {
		Set<String> interest = new TreeSet<>();
		this.groups.values().stream().filter((group) -> group.interest).forEach((group) -> interest.add(group.name));
		return interest;
	}

	/**
	 * Lose all data.
	 */
	void forgetEverything() {
		this.groups.values().forEach(Group::forget);
		this.owned.clear();
	}

	/**
	 * Lose what this node has announced for a group.
	 * @param name the group
	 */
	void loseInterest(String name) {
		group(name).interest = false;
	}

	/**
	 * Let every command of this name fail, or not any more.
	 * @param command the name of the command or the script
	 * @param error the error, or {@code null}
	 */
	void fail(String command, @Nullable String error) {
		this.errors.put(command, error);
	}

	int requests() {
		return this.requests;
	}

	Position publish(String name, String text, boolean saved) {
		byte[] message = group(name).publish(++this.lastId, text, saved);
		String channel = NAMES.group(name).channel();
		this.subscribers.forEach((subscriber) -> subscriber.publish(channel, message));
		return group(name).end;
	}

	/**
	 * Publish bytes on a channel.
	 * @param channel the channel
	 * @param message the bytes
	 */
	void publishRaw(String channel, byte[] message) {
		this.subscribers.forEach((subscriber) -> subscriber.publish(channel, message));
	}

	// Commands

	@Nullable Object execute(RedisRequest request) {
		this.requests++;
		List<byte[]> arguments = request.arguments();
		String name = request.command();
		if (name.equals("EVALSHA")) {
			RedisScript script = script(text(arguments.get(0)));
			failIfWanted(script.name());
			int keys = Integer.parseInt(text(arguments.get(1)));
			return run(script, arguments.subList(2, 2 + keys), arguments.subList(2 + keys, arguments.size()));
		}
		failIfWanted(name);
		return switch (name) {
			case "SADD" -> addOwned(arguments);
			case "HDEL" -> leave(text(arguments.get(0)));
			case "PUBLISH" -> {
				publishRaw(text(arguments.get(0)), arguments.get(1));
				yield 1L;
			}
			default -> throw new RedisErrorException("ERR unknown command");
		};
	}

	private void failIfWanted(String command) {
		String error = this.errors.get(command);
		if (error != null) {
			throw new RedisErrorException(error);
		}
	}

	private static RedisScript script(String sha1) {
		for (RedisScript script : RedisScript.values()) {
			if (script.sha1().equals(sha1)) {
				return script;
			}
		}
		throw new RedisErrorException("NOSCRIPT");
	}

	private Object addOwned(List<byte[]> arguments) {
		arguments.stream().skip(1).forEach((group) -> this.owned.add(text(group)));
		return 1L;
	}

	private Object leave(String key) {
		Group group = this.byInterest.get(key);
		if (group != null) {
			group.interest = false;
		}
		return 1L;
	}

	private @Nullable Object run(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
		return switch (script) {
			case ASK -> known(keys.get(0)).ask(arguments.get(3));
			case POSITIONS -> positions(keys, arguments.get(2));
			case READ -> known(keys.get(0)).read(Long.parseLong(text(arguments.get(0))),
					Integer.parseInt(text(arguments.get(1))), arguments.get(3));
			default -> throw new RedisErrorException("ERR not a script for this test");
		};
	}

	private Group known(byte[] meta) {
		String name = text(meta);
		Group known = this.byMeta.get(name);
		return (known != null) ? known : group(name.substring(name.indexOf(":m:") + 3));
	}

	private List<Object> positions(List<byte[]> keys, byte[] epoch) {
		List<Object> positions = new ArrayList<>();
		for (int i = 0; i < keys.size(); i += 3) {
			positions.add(known(keys.get(i)).ask(epoch));
		}
		return positions;
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	public static ConnectionLostException lost() {
		return new ConnectionLostException("The connection has ended");
	}

	/**
	 * A group in this Redis.
	 */
	static final class Group {

		private final String name;

		private final Map<Long, Entry> stream = new LinkedHashMap<>();

		private Position end = Position.start(0);

		private boolean known;

		private boolean interest;

		Group(String name) {
			this.name = name;
		}

		Position end() {
			return this.end;
		}

		boolean isKnown() {
			return this.known;
		}

		void forget() {
			this.known = false;
			this.interest = false;
			this.stream.clear();
		}

		void trim() {
			this.stream.clear();
		}

		private void know(long epoch) {
			if (!this.known) {
				this.known = true;
				this.end = Position.start(epoch);
				this.stream.clear();
			}
		}

		private byte[] publish(long id, String text, boolean saved) {
			byte[] envelope = new Envelope(new UUID(0, id), 0, new Payload.Text(text), null, null).encode();
			if (!saved) {
				return WireFormat.unsaved(new Envelope(new UUID(0, id), 0, new Payload.Text(text), null, null));
			}
			know(id);
			Position before = this.end;
			this.end = before.next(new UUID(0, id));
			this.stream.put(this.end.offset(), new Entry(before.id(), envelope));
			return SimulatedRedis.channelMessage(this.end, before.id(), envelope);
		}

		private List<Object> ask(byte[] epoch) {
			know(ByteBuffer.wrap(epoch).getLong());
			this.interest = true;
			return meta();
		}

		private List<Object> meta() {
			List<Object> meta = new ArrayList<>();
			meta.add(bytes(this.end.epoch()));
			meta.add(Long.toString(this.end.offset()).getBytes(StandardCharsets.US_ASCII));
			meta.add(bytes(this.end.id()));
			return meta;
		}

		private @Nullable Object read(long first, int count, byte[] epoch) {
			if (!this.known && epoch.length == 0) {
				return null;
			}
			if (!this.known) {
				know(ByteBuffer.wrap(epoch).getLong());
			}
			List<Object> entries = new ArrayList<>();
			this.stream.forEach((offset, entry) -> {
				if (offset >= first && entries.size() < count) {
					entries.add(List.of((offset + "-0").getBytes(StandardCharsets.US_ASCII), List.of(new byte[] { 'p' },
							bytes(entry.previous()), new byte[] { 'd' }, entry.envelope())));
				}
			});
			List<Object> answer = meta();
			answer.add(entries);
			return answer;
		}

		private static byte[] bytes(long value) {
			return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
		}

	}

	private record Entry(long previous, byte[] envelope) {

	}

}
