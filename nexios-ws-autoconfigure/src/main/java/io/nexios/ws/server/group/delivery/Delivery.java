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

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.server.channel.SharedFrames;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

/**
 * A message with its frames. Each frame is built once for all members.
 *
 * @author Nexios Team
 */
public final class Delivery implements GroupItem {

	private final BrokerMessage message;

	private final Position reached;

	private final GroupEnvelope envelope;

	private final SharedFrames frames;

	// If several threads build a frame at the same time, they build equal frames
	private volatile @Nullable OutboundFrame enveloped;

	private volatile @Nullable OutboundFrame dropped;

	/**
	 * Create a delivery.
	 * @param message the message
	 * @param reached its position, or that of the last saved message before it
	 * @param envelope writes it for members with positions
	 * @param json writes JSON
	 */
	public Delivery(BrokerMessage message, Position reached, GroupEnvelope envelope, JsonCodec json) {
		this.message = message;
		this.reached = reached;
		this.envelope = envelope;
		this.frames = new SharedFrames(message.publication().payload(), json);
	}

	BrokerMessage message() {
		return this.message;
	}

	long offset() {
		return this.message.offset();
	}

	long size() {
		return HistoryLimits.sizeOf(this.message.publication());
	}

	@Override
	public Position reached() {
		return this.reached;
	}

	@Override
	public boolean isLoss() {
		return false;
	}

	@Override
	public @Nullable OutboundFrame frame(Channel channel, boolean positions) {
		String except = this.message.publication().except();
		if (except != null && except.equals(channel.id())) {
			return null;
		}
		return positions ? enveloped() : this.frames.frame(channel.payloadType());
	}

	private OutboundFrame enveloped() {
		OutboundFrame frame = this.enveloped;
		if (frame == null) {
			frame = this.envelope.data(this.frames.json(), this.message.position(), this::droppedFrame);
			this.enveloped = frame;
		}
		return frame;
	}

	@Override
	public OutboundFrame droppedFrame() {
		OutboundFrame frame = this.dropped;
		if (frame == null) {
			frame = this.envelope.overflow(this.reached);
			this.dropped = frame;
		}
		return frame;
	}

}
