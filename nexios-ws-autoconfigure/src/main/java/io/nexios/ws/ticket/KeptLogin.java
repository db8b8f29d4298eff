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

package io.nexios.ws.ticket;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.Assert;

/**
 * What is kept for a ticket: JSON of a limited size. A reader accepts nothing that it
 * does not know the version of.
 *
 * @param user the user, as the codec has written it
 * @param sessionId the id of the user's HTTP session, if there is one
 * @param credentialsExpireAt when the credentials of the user expire, if they do. Whole
 * seconds are kept
 * @author Nexios Team
 */
record KeptLogin(String user, @Nullable String sessionId, @Nullable Instant credentialsExpireAt) {

	static final int MAX_BYTES = 8 * 1024;

	private static final int VERSION = 1;

	private static final String VERSION_FIELD = "v";

	private static final String USER = "user";

	private static final String SESSION = "session";

	private static final String EXPIRY = "expires";

	/**
	 * Write this login.
	 * @return the text
	 * @throws IllegalArgumentException if it is too large
	 */
	String write() {
		ObjectNode kept = JsonMapper.shared().createObjectNode().put(VERSION_FIELD, VERSION).put(USER, this.user);
		if (this.sessionId != null) {
			kept.put(SESSION, this.sessionId);
		}
		if (this.credentialsExpireAt != null) {
			kept.put(EXPIRY, this.credentialsExpireAt.getEpochSecond());
		}
		String text = kept.toString();
		Assert.isTrue(text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES,
				"The user of a ticket must not take more than " + MAX_BYTES + " bytes");
		return text;
	}

	/**
	 * Read a login.
	 * @param text the text
	 * @return the login, or {@code null} if it is not one of this version
	 * @throws RuntimeException if the text is not JSON
	 */
	static @Nullable KeptLogin read(String text) {
		JsonNode kept = JsonMapper.shared().readTree(text);
		String user = kept.path(USER).stringValue(null);
		JsonNode expiry = kept.path(EXPIRY);
		if (kept.path(VERSION_FIELD).intValue(0) != VERSION || user == null || !isTime(expiry)) {
			return null;
		}
		return new KeptLogin(user, kept.path(SESSION).stringValue(null),
				expiry.isMissingNode() ? null : Instant.ofEpochSecond(expiry.longValue()));
	}

	private static boolean isTime(JsonNode expiry) {
		return expiry.isMissingNode() || (expiry.isIntegralNumber() && expiry.canConvertToLong());
	}

}
