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

package io.nexios.ws.server.channel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.nexios.ws.broker.Payload;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

/**
 * Converts a payload to the frames that are offered to many connections. There is one
 * frame for each payload type. It is created when the first connection needs it. This
 * class implements the table of {@link PayloadType}.
 *
 * @author Nexios Team
 */
public final class SharedFrames {

	private final Payload payload;

	private final JsonCodec json;

	// If several threads create a frame at the same time, they offer equal frames
	private final @Nullable OutboundFrame[] frames = new OutboundFrame[PayloadType.values().length];

	/**
	 * Create the frames of a payload.
	 * @param payload the payload
	 * @param json writes JSON
	 */
	public SharedFrames(Payload payload, JsonCodec json) {
		this.payload = payload;
		this.json = json;
	}

	/**
	 * Encode a payload that an application sends. The JSON of objects is written only
	 * here.
	 * @param payload the payload
	 * @param json writes JSON
	 * @return the encoded payload
	 */
	public static Payload encode(Object payload, JsonCodec json) {
		if (payload instanceof String text) {
			return new Payload.Text(text);
		}
		if (payload instanceof byte[] bytes) {
			return new Payload.Bytes(bytes.clone());
		}
		return new Payload.Json(json.encode(payload));
	}

	/**
	 * Return the frame for the connections of a payload type.
	 * @param type the payload type
	 * @return the frame, which is created once
	 */
	public OutboundFrame frame(PayloadType type) {
		OutboundFrame frame = this.frames[type.ordinal()];
		if (frame == null) {
			frame = createFrame(type);
			this.frames[type.ordinal()] = frame;
		}
		return frame;
	}

	private OutboundFrame createFrame(PayloadType type) {
		return switch (type) {
			case JSON -> OutboundFrame.text(json());
			case TEXT -> OutboundFrame.text(text());
			case BYTES -> OutboundFrame.binary(bytes());
		};
	}

	/**
	 * Return the payload as JSON.
	 * @return the content of a message to a channel with JSON payloads
	 */
	public String json() {
		return (this.payload instanceof Payload.Json value) ? value.json() : this.json.encode(text());
	}

	private String text() {
		if (this.payload instanceof Payload.Json value) {
			return value.json();
		}
		return (this.payload instanceof Payload.Bytes value) ? Base64.getEncoder().encodeToString(value.bytes())
				: ((Payload.Text) this.payload).text();
	}

	private byte[] bytes() {
		return (this.payload instanceof Payload.Bytes value) ? value.bytes() : text().getBytes(StandardCharsets.UTF_8);
	}

}
