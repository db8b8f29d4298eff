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

package io.nexios.ws.server.inbound;

import io.nexios.ws.WSMessage;
import io.nexios.ws.server.lifecycle.LastActivity;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.observer.ConnectionObserver;

/**
 * Counts received messages, and adds them to the {@link InboundQueue} unless the peer
 * exceeds a rate limit.
 *
 * @author Nexios Team
 */
final class MessageGate implements MessageAssembler.Sink {

	private final MessageRate rate;

	private final ConnectionObserver observer;

	private final LastActivity activity;

	private final InboundListener listener;

	private final InboundQueue queue;

	MessageGate(MessageRate rate, ConnectionObserver observer, LastActivity activity, InboundListener listener,
			InboundQueue queue) {
		this.rate = rate;
		this.activity = activity;
		this.observer = observer;
		this.listener = listener;
		this.queue = queue;
	}

	@Override
	public void message(WSMessage message, int size) {
		this.activity.happened();
		this.observer.messageReceived(size);
		if (isAllowed(size)) {
			this.queue.add(message, size);
		}
	}

	@Override
	public void exceeded(Limit limit) {
		this.listener.exceeded(limit);
	}

	/**
	 * Count a pong. It counts as a message.
	 */
	void pong() {
		isAllowed(0);
	}

	private boolean isAllowed(int size) {
		Limit limit = this.rate.exceededBy(size);
		if (limit != null) {
			this.listener.exceeded(limit);
		}
		return limit == null;
	}

	/**
	 * Count a piece of a message that is dropped.
	 * @param size its size in bytes
	 * @param last whether it completes the message
	 * @return whether the rate limits allow it
	 */
	boolean discarded(int size, boolean last) {
		return this.rate.exceededByDropped(size, last) == null;
	}

}
