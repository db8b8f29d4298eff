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

package io.nexios.ws.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.TypedJson;
import io.nexios.ws.WebSocket;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Makes a connection a member of groups. A channel has a payload type, metadata and
 * possibly a time to live. Every connection has a default channel. More channels can be
 * built. Any thread may call any method. Channels are equal if their ids are equal.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class Channel {

	private final ChannelInternals connection;

	private final WebSocket webSocket;

	private final String id;

	private final PayloadType payloadType;

	private final @Nullable Duration expires;

	private final Instant created = Instant.now();

	private final Map<String, Object> metadata;

	private Channel(ChannelInternals connection, WebSocket webSocket, String id, PayloadType payloadType,
			@Nullable Duration expires, Map<String, ?> metadata) {
		this.connection = connection;
		this.webSocket = webSocket;
		this.id = id;
		this.payloadType = payloadType;
		this.expires = expires;
		this.metadata = new ConcurrentHashMap<>(metadata);
	}

	/**
	 * Return the default channel of a connection. Its id is that of the connection.
	 * @param ws the connection, or a wrapper that middleware has created
	 * @return always the same channel
	 */
	public static Channel of(WebSocket ws) {
		ChannelInternals connection = ChannelInternals.of(ws);
		return connection.defaultChannel(() -> new Channel(connection, ws, ws.id(), connection.defaultPayloadType(),
				connection.defaultExpires(), Map.of()));
	}

	/**
	 * Build an additional channel for a connection.
	 * @param ws the connection, or a wrapper that middleware has created
	 * @return a builder
	 */
	public static Builder builder(WebSocket ws) {
		return new Builder(ChannelInternals.of(ws), ws);
	}

	/**
	 * Return the id of the channel.
	 * @return the id, which a client cannot guess
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the connection.
	 * @return the connection
	 */
	public WebSocket webSocket() {
		return this.webSocket;
	}

	/**
	 * Return the type in which payloads are sent and received.
	 * @return the payload type
	 */
	public PayloadType payloadType() {
		return this.payloadType;
	}

	/**
	 * Return when the channel was created.
	 * @return the time
	 */
	public Instant created() {
		return this.created;
	}

	/**
	 * Return when the channel expires. A message of the connection in either direction,
	 * or a call of {@link #touch()}, moves this time. When the channel expires, it leaves
	 * its groups and its connection is closed with 1001.
	 * @return the time, or {@code null} if the channel does not expire
	 */
	public @Nullable Instant expiresAt() {
		return (this.expires != null) ? latest(this.created, this.connection.lastActivity()).plus(this.expires) : null;
	}

	private static Instant latest(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	/**
	 * Return whether the connection has not ended and the channel has not expired.
	 * @return whether the channel is usable
	 */
	public boolean isActive() {
		Instant expiresAt = expiresAt();
		return this.connection.isOpen() && (expiresAt == null || expiresAt.isAfter(Instant.now()));
	}

	/**
	 * Return the metadata that the application stores with the channel.
	 * @return the metadata, which any thread may change
	 */
	public Map<String, Object> metadata() {
		return this.metadata;
	}

	/**
	 * Postpone the expiry as a message does.
	 */
	public void touch() {
		this.connection.touch();
	}

	/**
	 * Send a payload in the channel's {@link #payloadType()}.
	 * @param payload the payload
	 * @throws io.nexios.ws.WebSocketDisconnect if the connection is closing or has ended
	 */
	public void send(Object payload) {
		this.connection.send(payload, this.payloadType);
	}

	/**
	 * Send a payload of a generic type as JSON. The channel's {@link #payloadType()}
	 * decides whether the message is text or binary.
	 * @param payload the payload
	 * @param type the type to write it as
	 * @throws IllegalArgumentException if the payload is not an instance of the type
	 * @throws io.nexios.ws.WebSocketDisconnect if the connection is closing or has ended
	 * @since 0.1.0
	 */
	public void send(Object payload, ParameterizedTypeReference<?> type) {
		send(TypedJson.of(payload, type));
	}

	/**
	 * Send a text message, whatever the payload type.
	 * @param text the text
	 */
	public void sendText(String text) {
		this.webSocket.sendText(text);
	}

	/**
	 * Send a binary message, whatever the payload type.
	 * @param bytes the content
	 */
	public void sendBytes(byte[] bytes) {
		this.webSocket.sendBytes(bytes);
	}

	/**
	 * Wait for the next message in the channel's {@link #payloadType()}.
	 * @return a {@link tools.jackson.databind.JsonNode}, a String or a byte[]
	 */
	public Object receive() {
		return switch (this.payloadType) {
			case JSON -> this.webSocket.receiveJson();
			case TEXT -> this.webSocket.receiveText();
			case BYTES -> this.webSocket.receiveBytes();
		};
	}

	/**
	 * Wait for the next message, which has to be a text message.
	 * @return the text
	 */
	public String receiveText() {
		return this.webSocket.receiveText();
	}

	/**
	 * Wait for the next message, which has to be a binary message.
	 * @return the content
	 */
	public byte[] receiveBytes() {
		return this.webSocket.receiveBytes();
	}

	/**
	 * Wait for the next message, which has to contain JSON.
	 * @param <T> the type to bind to
	 * @param type the type to bind to
	 * @return the value
	 */
	public <T> T receiveJson(Class<T> type) {
		return this.webSocket.receiveJson(type);
	}

	/**
	 * Variant of {@link #receiveJson(Class)} for generic types.
	 * @param <T> the type to bind to
	 * @param type the type to bind to
	 * @return the value
	 * @since 0.1.0
	 */
	public <T> T receiveJson(ParameterizedTypeReference<T> type) {
		return this.webSocket.receiveJson(type);
	}

	/**
	 * Close the connection with 1000.
	 */
	public void close() {
		this.webSocket.close();
	}

	/**
	 * Close the connection.
	 * @param code the code
	 * @param reason the reason
	 */
	public void close(int code, String reason) {
		this.webSocket.close(code, reason);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof Channel other && this.id.equals(other.id));
	}

	@Override
	public int hashCode() {
		return this.id.hashCode();
	}

	@Override
	public String toString() {
		return "Channel[" + this.id + "]";
	}

	/**
	 * Builds a channel.
	 */
	public static final class Builder {

		private static final Duration SHORTEST = Duration.ofMillis(1);

		private static final Duration LONGEST = Duration.ofDays(36_500);

		private final ChannelInternals connection;

		private final WebSocket webSocket;

		private PayloadType payloadType;

		private @Nullable Duration expires;

		private Map<String, ?> metadata = Map.of();

		private Builder(ChannelInternals connection, WebSocket webSocket) {
			this.connection = connection;
			this.webSocket = webSocket;
			this.payloadType = PayloadType.JSON;
			this.expires = connection.defaultExpires();
		}

		/**
		 * Set the payload type. The default is JSON.
		 * @param payloadType the payload type
		 * @return this builder
		 */
		public Builder payloadType(PayloadType payloadType) {
			Assert.notNull(payloadType, "'payloadType' must not be null");
			this.payloadType = payloadType;
			return this;
		}

		/**
		 * Set the time without a message after which the channel expires. The default is
		 * {@code nexios.ws.channel.expires}.
		 * @param expires the time, from 1 millisecond to 36500 days
		 * @return this builder
		 */
		public Builder expires(Duration expires) {
			Assert.isTrue(expires.compareTo(SHORTEST) >= 0 && expires.compareTo(LONGEST) <= 0,
					"'expires' must be from 1 millisecond to 36500 days");
			this.expires = expires;
			return this;
		}

		/**
		 * Set the initial metadata.
		 * @param metadata the metadata, copied
		 * @return this builder
		 */
		public Builder metadata(Map<String, ?> metadata) {
			Assert.notNull(metadata, "'metadata' must not be null");
			this.metadata = metadata;
			return this;
		}

		/**
		 * Build the channel.
		 * @return a new channel
		 */
		public Channel build() {
			Channel channel = new Channel(this.connection, this.webSocket, this.connection.newId(), this.payloadType,
					this.expires, this.metadata);
			this.connection.register(channel);
			return channel;
		}

	}

}
