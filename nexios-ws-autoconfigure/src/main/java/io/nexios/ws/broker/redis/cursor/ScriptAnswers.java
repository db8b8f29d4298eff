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

package io.nexios.ws.broker.redis.cursor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.wire.Arrival;
import io.nexios.ws.broker.redis.wire.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of scripts. An answer that is malformed is not an exception.
 *
 * @author Nexios Team
 */
public final class ScriptAnswers {

	private static final int POSITION = 3;

	private ScriptAnswers() {
	}

	/**
	 * Read a position.
	 * @param answer a list that begins with the epoch, the offset and the id
	 * @return the position, or {@code null} if the answer is something else
	 */
	public static @Nullable Position position(@Nullable Object answer) {
		if (!(answer instanceof List<?> list) || list.size() < POSITION) {
			return null;
		}
		return (list.get(0) instanceof byte[] epoch && list.get(1) instanceof byte[] offset
				&& list.get(2) instanceof byte[] id) ? WireFormat.end(epoch, offset, id) : null;
	}

	/**
	 * Read a page of a stream.
	 * @param answer a position that is followed by a list of entries
	 * @param count the number of entries that were requested
	 * @return the page, or {@code null} if the answer is something else
	 */
	public static @Nullable StreamPage page(@Nullable Object answer, int count) {
		Position end = position(answer);
		if (end == null || !(answer instanceof List<?> parts) || parts.size() <= POSITION
				|| !(parts.get(POSITION) instanceof List<?> list)) {
			return null;
		}
		List<Arrival.Placed> entries = new ArrayList<>(list.size());
		for (Object entry : list) {
			if (entry(end.epoch(), entry) instanceof Arrival.Placed placed) {
				entries.add(placed);
			}
		}
		return new StreamPage(end, entries, list.size() >= count);
	}

	private static @Nullable Arrival entry(long epoch, @Nullable Object entry) {
		return (entry instanceof List<?> parts && parts.size() == 2 && parts.get(0) instanceof byte[] id
				&& parts.get(1) instanceof List<?> fields)
						? WireFormat.entry(epoch, new String(id, StandardCharsets.ISO_8859_1), field(fields, 'p'),
								field(fields, 'd'))
						: null;
	}

	private static byte @Nullable [] field(List<?> fields, char name) {
		for (int i = 0; i + 1 < fields.size(); i += 2) {
			if (fields.get(i) instanceof byte[] bytes && bytes.length == 1 && bytes[0] == name) {
				return (fields.get(i + 1) instanceof byte[] value) ? value : null;
			}
		}
		return null;
	}

}
