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
import java.time.Instant;

import io.nexios.ws.channel.Present;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A listed member as JSON: {@code u} the user, if there is one, {@code s} since when, in
 * milliseconds since 1970, and {@code i} what the member has said about itself. The
 * channel is the name of the field in Redis. Reading never throws an exception.
 *
 * @author Nexios Team
 */
final class PresentFormat {

	private final JsonMapper json = new JsonMapper();

	byte[] write(Present present) {
		ObjectNode entry = this.json.createObjectNode();
		if (present.user() != null) {
			entry.put("u", present.user());
		}
		entry.put("s", present.since().toEpochMilli());
		entry.set("i", present.info());
		return this.json.writeValueAsBytes(entry);
	}

	/**
	 * Read an entry.
	 * @param channel the name of the field
	 * @param entry the value of the field
	 * @return the member, or {@code null} if the entry is malformed
	 */
	@Nullable Present read(byte[] channel, byte[] entry) {
		try {
			JsonNode read = this.json.readTree(entry);
			JsonNode user = read.path("u");
			JsonNode since = read.path("s");
			JsonNode info = read.get("i");
			boolean wellFormed = info != null && since.isIntegralNumber() && since.canConvertToLong()
					&& (user.isMissingNode() || user.isString());
			return wellFormed
					? new Present(new String(channel, StandardCharsets.UTF_8),
							user.isString() ? user.stringValue() : null, info, Instant.ofEpochMilli(since.longValue()))
					: null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
