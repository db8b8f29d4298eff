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
		return OutboundFrame.undroppable(this.group + "\"joined\":{\"recovery\":\"" + recovery + "\"" + counted
				+ "},\"position\":\"" + position + "\"}");
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

	/**
	 * Write that messages are missing. If the frame is dropped, the same text takes its
	 * place. A later loss may replace it, because that one covers all messages before its
	 * own position. So a peer that does not read has one of them waiting, however many
	 * losses the broker reports. An undroppable frame would have no such limit.
	 * @param reason why
	 * @param position the position that is reached after the loss
	 * @return the frame
	 */
	OutboundFrame lost(String reason, Position position) {
		String text = this.group + "\"lost\":\"" + reason + "\"" + position(position) + "}";
		OutboundFrame notice = OutboundFrame.text(text);
		return OutboundFrame.text(text, new DropNotice(this.topic, () -> notice));
	}

	OutboundFrame overflow(Position position) {
		return lost("OVERFLOW", position);
	}

	OutboundFrame left() {
		return OutboundFrame.undroppable(this.group + "\"left\":true}");
	}

	private String position(Position position) {
		return ",\"position\":\"" + this.tokens.write(position) + "\"";
	}

}
