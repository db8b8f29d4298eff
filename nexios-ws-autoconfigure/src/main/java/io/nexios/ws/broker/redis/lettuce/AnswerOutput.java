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

package io.nexios.ws.broker.redis.lettuce;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import org.jspecify.annotations.Nullable;

/**
 * Collects any answer: a {@code Long}, a {@code byte[]}, {@code null}, or a {@code List}
 * of these. A map is a list of its keys and values. Each list knows how many elements it
 * still lacks. The last one completes it, and perhaps the list around it.
 *
 * @author Nexios Team
 */
final class AnswerOutput extends CommandOutput<String, byte[], @Nullable Object> {

	static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	private final Deque<OpenList> open = new ArrayDeque<>(0);

	AnswerOutput() {
		super(CODEC, null);
	}

	@Override
	public void set(@Nullable ByteBuffer bytes) {
		add((bytes != null) ? CODEC.decodeValue(bytes) : null);
	}

	@Override
	public void set(long integer) {
		add(integer);
	}

	@Override
	public void set(double number) {
		add(Double.toString(number).getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public void set(boolean value) {
		add(value ? 1L : 0L);
	}

	@Override
	public void multi(int count) {
		if (count < 0) {
			add(null);
			return;
		}
		List<@Nullable Object> list = new ArrayList<>(count);
		if (count == 0) {
			add(list);
			return;
		}
		this.open.push(new OpenList(list, count));
	}

	private void add(@Nullable Object value) {
		Object complete = value;
		for (OpenList list = this.open.peek(); list != null; list = this.open.peek()) {
			list.elements.add(complete);
			if (list.elements.size() < list.size) {
				return;
			}
			this.open.pop();
			complete = list.elements;
		}
		this.output = complete;
	}

	private record OpenList(List<@Nullable Object> elements, int size) {

	}

}
