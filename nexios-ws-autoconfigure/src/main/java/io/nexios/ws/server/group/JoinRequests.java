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

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;

import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.channel.Present;
import io.nexios.ws.server.group.delivery.JoinRequest;
import io.nexios.ws.server.group.delivery.PositionTokens;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.util.Assert;

/**
 * Reads the options of joins.
 *
 * @author Nexios Team
 */
final class JoinRequests {

	private static final String PARAMETER = "position";

	private static final int MAX_INFO_BYTES = 1024;

	private final Memberships memberships;

	private final JsonCodec json;

	private final TimeSource time;

	JoinRequests(Memberships memberships, JsonCodec json, TimeSource time) {
		this.memberships = memberships;
		this.json = json;
		this.time = time;
	}

	/**
	 * Check options before anything is done.
	 * @param channel the channel
	 * @param options the options
	 * @throws IllegalArgumentException if the channel cannot join with these options
	 */
	void check(Channel channel, JoinOptions options) {
		Assert.notNull(options, "'options' must not be null");
		Assert.isTrue(!hasPositions(options) || channel.payloadType() == PayloadType.JSON,
				() -> "Only a channel with JSON payloads can have positions, and this one has "
						+ channel.payloadType());
		info(options);
	}

	/**
	 * Create the request of a join.
	 * @param channel the channel
	 * @param tokens reads the positions of the group
	 * @param options the options
	 * @return the request
	 */
	JoinRequest create(Channel channel, PositionTokens tokens, JoinOptions options) {
		String token = handshakeToken(channel, tokens);
		boolean fromHandshake = options.isResumedFromHandshake();
		String position = fromHandshake ? token : options.position();
		return new JoinRequest(options.isHistorySent(), position != null,
				(position != null) ? tokens.read(position) : null, token, hasPositions(options),
				present(channel, options));
	}

	private @Nullable String handshakeToken(Channel channel, PositionTokens tokens) {
		List<String> values = channel.webSocket().queryParams().get(PARAMETER);
		if (values == null) {
			return null;
		}
		for (String value : values) {
			Position position = (value != null) ? tokens.read(value) : null;
			if (position != null) {
				return this.memberships.isUsed(channel, value) ? null : value;
			}
		}
		return null;
	}

	private static boolean hasPositions(JoinOptions options) {
		return Boolean.TRUE.equals(options.hasPositions());
	}

	private @Nullable Present present(Channel channel, JoinOptions options) {
		JsonNode info = info(options);
		Principal user = channel.webSocket().principal();
		return (info != null)
				? new Present(channel.id(), (user != null) ? user.getName() : null, info, this.time.instant()) : null;
	}

	private @Nullable JsonNode info(JoinOptions options) {
		Object info = options.info();
		if (info == null) {
			return null;
		}
		String json = encode(info);
		Assert.isTrue(json.getBytes(StandardCharsets.UTF_8).length <= MAX_INFO_BYTES,
				() -> "What a channel says about itself must have at most " + MAX_INFO_BYTES + " bytes of JSON");
		return (JsonNode) this.json.decode(json, JsonNode.class);
	}

	private String encode(Object info) {
		try {
			return this.json.encode(info);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("What a channel says about itself cannot be written as JSON", ex);
		}
	}

}
