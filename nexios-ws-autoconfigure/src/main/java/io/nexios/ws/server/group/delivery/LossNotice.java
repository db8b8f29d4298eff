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

import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

/**
 * Tells members with positions that messages may be missing. Other members get nothing.
 *
 * @author Nexios Team
 */
final class LossNotice implements GroupItem {

	private final Position next;

	private final OutboundFrame frame;

	LossNotice(Loss loss, GroupEnvelope envelope) {
		this.next = loss.next();
		this.frame = envelope.lost(loss.reason().name(), loss.next());
	}

	@Override
	public Position reached() {
		return this.next;
	}

	@Override
	public boolean isLoss() {
		return true;
	}

	@Override
	public @Nullable OutboundFrame frame(Channel channel, boolean positions) {
		return positions ? this.frame : null;
	}

	@Override
	public OutboundFrame droppedFrame() {
		return this.frame;
	}

}
