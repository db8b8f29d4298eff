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

package io.nexios.ws.server.group.delivery;

import java.util.function.Supplier;

import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.transport.DropNotice;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages of one group for members with positions. See
 * {@link io.nexios.ws.channel.JoinOptions#withPositions()} for the format.
 *
 * @author Nexios Team
 */
public final class GroupEnvelope {

	private final PositionTokens tokens;

	private final String topic;

	// The beginning of each message, up to the comma
	private final String group;

	GroupEnvelope(String group, JsonCodec json) {
		this.tokens = new PositionTokens(group);
		this.topic = group;
		this.group = "{\"group\":" + json.encode(group) + ",";
	}

	public PositionTokens tokens() {
		return this.tokens;
	}

	public OutboundFrame joined(Recovery recovery, int missed, String position) {
		String counted = (recovery == Recovery.RECOVERED) ? ",\"missed\":" + missed : "";
		return undroppable(this.group + "\"joined\":{\"recovery\":\"" + recovery + "\"" + counted + "},\"position\":\""
				+ position + "\"}");
	}

	/**
	 * Write a message of the group.
	 * @param json the content
	 * @param position the position, or {@code null} if the message was not saved
	 * @param dropped the frame that takes its place if it is dropped
	 * @return the frame
	 */
	OutboundFrame data(String json, @Nullable Position position, Supplier<OutboundFrame> dropped) {
		return OutboundFrame.text(
				this.group + "\"data\":" + json + ((position != null) ? position(position) : "") + "}",
				new DropNotice(this.topic, dropped));
	}

	OutboundFrame lost(String reason, Position position) {
		String text = this.group + "\"lost\":\"" + reason + "\"" + position(position) + "}";
		return OutboundFrame.text(text, new DropNotice(this.topic, () -> OutboundFrame.text(text)));
	}

	OutboundFrame overflow(Position position) {
		return lost("OVERFLOW", position);
	}

	OutboundFrame left() {
		return undroppable(this.group + "\"left\":true}");
	}

	/**
	 * Create a frame that takes its own place if it is dropped.
	 * @param text the text
	 * @return the frame
	 */
	private static OutboundFrame undroppable(String text) {
		return OutboundFrame.text(text, new DropNotice(text, () -> OutboundFrame.text(text)));
	}

	private String position(Position position) {
		return ",\"position\":\"" + this.tokens.write(position) + "\"";
	}

}
