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

package io.nexios.ws.broker.redis.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The names of all keys and channels. Redis Cluster places a key by its first tag in
 * braces. The tag of a group stands before the name of the group, so the name may contain
 * braces.
 * <p>
 * The tag of a group is number {@code CRC-32(name in UTF-8) modulo 64} of the table. The
 * CRC is that of {@link CRC32}. Tag number i is in one of the slots 256 * i to 256 * i +
 * 255, so the tags are spread evenly over the nodes of a cluster. A change of the table
 * or of the hash would move all groups.
 *
 * @author Nexios Team
 */
public final class RedisNames {

	private static final String TAGS = "mm 6q 9i e8 29 21 7 ax 0j kv dn df f n w xw 8g d6 lc 02 g3 4c 6 4r 99 91 1d m5 g o v "
			+ "z 7a k0 ce 8y 4l op 1 9 jf 1z zj b3 d h q y bk 9w 6o ms af an 0 8 c5 dp kh 0t a i p x";

	private static final String CHANNEL = ":c:";

	private static final String STREAM = ":s:";

	private final String[] tags = TAGS.split(" ");

	private final String prefix;

	public RedisNames(String prefix) {
		Assert.isTrue(!prefix.contains("{"), "Prefix must not contain a brace");
		this.prefix = prefix;
	}

	/**
	 * Return the names for a group.
	 * @param group the group
	 * @return the names
	 * @throws IllegalArgumentException if the name has an unpaired surrogate. UTF-8
	 * cannot express it, so the keys of two groups would be the same
	 */
	public GroupKeys group(String group) {
		String begin = begin(group);
		return new GroupKeys(begin + ":m:" + group, begin + STREAM + group, begin + ":n:" + group,
				begin + ":p:" + group, begin + CHANNEL + group);
	}

	private String begin(String group) {
		return this.prefix + ":{" + tag(group) + "}";
	}

	String tag(String group) {
		CRC32 crc = new CRC32();
		crc.update(utf8(group));
		return this.tags[(int) (crc.getValue() % this.tags.length)];
	}

	private static ByteBuffer utf8(String group) {
		try {
			return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(group));
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("Name of the group has an unpaired surrogate");
		}
	}

	/**
	 * Return the group of a channel.
	 * @param channel the channel
	 * @return the group, or {@code null} if the channel is not that of a group
	 */
	public @Nullable String groupOf(String channel) {
		return groupOf(channel, CHANNEL);
	}

	/**
	 * Return the group of a stream.
	 * @param stream the key of the stream
	 * @return the group, or {@code null} if the key is not that of a stream
	 */
	public @Nullable String groupOfStream(String stream) {
		return groupOf(stream, STREAM);
	}

	private @Nullable String groupOf(String name, String kind) {
		int tag = this.prefix.length() + 2;
		int end = name.indexOf('}', tag);
		if (end < 0 || !name.startsWith(kind, end + 1)) {
			return null;
		}
		String group = name.substring(end + 1 + kind.length());
		return (isText(group) && name.startsWith(begin(group))) ? group : null;
	}

	private static boolean isText(String name) {
		return StandardCharsets.UTF_8.newEncoder().canEncode(name);
	}

	/**
	 * Return a pattern for the keys of all streams.
	 * @return the pattern, as SCAN takes it
	 */
	public String streams() {
		return this.prefix.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + ":{*}" + STREAM + "*";
	}

	public String node(String node) {
		return this.prefix + ":node:" + node;
	}

	public String nodes() {
		return this.prefix + ":nodes";
	}

	public String owned(String node) {
		return this.prefix + ":own:" + node;
	}

	public String lock(String node) {
		return this.prefix + ":lock:" + node;
	}

	public String inbox(String node) {
		return this.prefix + ":in:" + node;
	}

	public String commands() {
		return this.prefix + ":ctl";
	}

	public String ticket(String ticket) {
		return this.prefix + ":ticket:" + ticket;
	}

	public String probe(String node) {
		return this.prefix + ":probe:" + node;
	}

}
