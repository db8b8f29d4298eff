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

package io.nexios.ws.broker.redis.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nexios.ws.testsupport.redis.RespClient;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A group on which scripts are called, and whose keys are looked at.
 *
 * @param client who calls the scripts
 * @param admin who looks at the keys
 * @param name the name of the group
 * @author Nexios Team
 */
record ScriptedGroup(RespClient client, RespClient admin, String name) {

	static final String ZEROS = "\0".repeat(8);

	static final String EPOCH = "\u0001epoch\u00ff\0";

	static final String OTHER_EPOCH = "\u0002epoch\u00ff\0";

	static final int MAX = 100;

	static final int TTL = 300_000;

	static final int META_TTL = 900_000;

	ScriptedGroup as(RespClient other) {
		return new ScriptedGroup(other, this.admin, this.name);
	}

	String meta() {
		return key("m");
	}

	String stream() {
		return key("s");
	}

	String interest() {
		return key("n");
	}

	String presence() {
		return key("p");
	}

	String channel() {
		return key("c");
	}

	private String key(String kind) {
		return "nx:{mm}:" + kind + ":" + RespClient.utf8(this.name);
	}

	/**
	 * Return the half of a message's UUID that is in the chain.
	 * @param message the number of the message
	 * @return eight bytes
	 */
	static String id(int message) {
		return "%08d".formatted(message);
	}

	/**
	 * Return an envelope: kind, UUID, time, payload.
	 * @param message the number of the message
	 * @return bytes, each byte in it at least once
	 */
	static String envelope(int message) {
		StringBuilder all = new StringBuilder();
		for (char value = 0; value < 256; value++) {
			all.append(value);
		}
		return "\u0001" + "uuid--\0\u00ff" + id(message) + "\0\0\u0001\u0093\0\0\0\0" + all;
	}

	// Scripts

	List<@Nullable Object> publish(String node, long sequence, int message) {
		return publish(node, sequence, message, MAX, EPOCH);
	}

	List<@Nullable Object> publish(String node, long sequence, int message, int max, String newEpoch) {
		return RespClient.asList(call(RedisScript.PUBLISH, List.of(meta(), stream(), interest()), envelope(message),
				"q" + node, sequence, max, TTL, META_TTL, newEpoch, channel(), "PUBLISH"));
	}

	/**
	 * Publish a message that needs another one before it.
	 * @param node the node
	 * @param before the sequence number of the message before
	 * @param sequence the sequence number
	 * @return the answer
	 */
	List<@Nullable Object> publishAfter(String node, long before, long sequence) {
		return RespClient
			.asList(call(RedisScript.PUBLISH, List.of(meta(), stream(), interest()), envelope((int) sequence),
					"q" + node, sequence, MAX, TTL, META_TTL, EPOCH, channel(), "PUBLISH", before));
	}

	/**
	 * Publish the messages of a node, and expect that all of them are accepted.
	 * @param node the node
	 * @param first the first number
	 * @param last the last number, which is also the sequence number
	 */
	void publishAll(String node, int first, int last) {
		for (int message = first; message <= last; message++) {
			assertThat(publish(node, message, message)).element(0).isNotEqualTo(-1L);
		}
	}

	List<@Nullable Object> ask(String node, int members) {
		return ask(node, members, EPOCH);
	}

	List<@Nullable Object> ask(String node, int members, String newEpoch) {
		return RespClient
			.asList(call(RedisScript.ASK, List.of(meta(), stream(), interest()), node, members, META_TTL, newEpoch));
	}

	List<@Nullable Object> read(long first, int count, String newEpoch) {
		return RespClient.asList(readOrNull(first, count, newEpoch));
	}

	@Nullable Object readOrNull(long first, int count, String newEpoch) {
		return call(RedisScript.READ, List.of(meta(), stream()), first, count, META_TTL, newEpoch);
	}

	@Nullable Object clear() {
		return call(RedisScript.CLEAR, List.of(stream()));
	}

	private @Nullable Object call(RedisScript script, List<String> keys, Object... arguments) {
		return call(this.client, script, keys, arguments);
	}

	static @Nullable Object call(RespClient client, RedisScript script, List<String> keys, Object... arguments) {
		Stream<Object> command = Stream.of("EVALSHA", script.sha1(), keys.size());
		return client.call(Stream.concat(command, Stream.concat(keys.stream(), Stream.of(arguments))).toArray());
	}

	// Keys

	Map<String, @Nullable Object> readMeta() {
		return this.admin.map("HGETALL", meta());
	}

	Map<String, @Nullable Object> readInterest() {
		return this.admin.map("HGETALL", interest());
	}

	long ttlOf(String key) {
		return this.admin.number("PTTL", key);
	}

	List<Entry> entries() {
		return this.admin.list("XRANGE", stream(), "-", "+").stream().map(Entry::of).toList();
	}

	/**
	 * Check that the chain of the entries has no hole, and ends where the meta is.
	 */
	void expectWhole() {
		List<Entry> entries = entries();
		Map<String, @Nullable Object> meta = readMeta();
		List<Entry> chained = new ArrayList<>();
		for (Entry entry : entries) {
			if (!chained.isEmpty()) {
				Entry before = chained.get(chained.size() - 1);
				assertThat(entry.offset()).isEqualTo(before.offset() + 1);
				assertThat(entry.previous()).isEqualTo(before.id());
			}
			else if (entry.offset() == 1) {
				assertThat(entry.previous()).isEqualTo(ZEROS);
			}
			chained.add(entry);
		}
		if (!chained.isEmpty()) {
			Entry last = chained.get(chained.size() - 1);
			assertThat(meta).containsEntry("n", Long.toString(last.offset())).containsEntry("f", last.id());
		}
	}

	/**
	 * A saved message.
	 *
	 * @param offset its offset
	 * @param previous the id of the message before
	 * @param envelope the message
	 */
	record Entry(long offset, String previous, String envelope) {

		static Entry of(@Nullable Object entry) {
			List<@Nullable Object> parts = RespClient.asList(entry);
			List<@Nullable Object> fields = RespClient.asList(parts.get(1));
			String id = String.valueOf(parts.get(0));
			assertThat(id).endsWith("-0");
			assertThat(fields).hasSize(4).element(0).isEqualTo("p");
			assertThat(fields).element(2).isEqualTo("d");
			return new Entry(Long.parseLong(id.substring(0, id.length() - 2)), String.valueOf(fields.get(1)),
					String.valueOf(fields.get(3)));
		}

		String id() {
			return this.envelope.substring(9, 17);
		}

	}

}
