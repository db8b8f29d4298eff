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

package io.nexios.ws.server.outbound;

import java.util.List;

import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.transport.OutboundFrame;

/**
 * Gets notified of what happens in an {@link OutboundQueue}.
 *
 * @author Nexios Team
 */
public interface OutboundListener {

	/**
	 * The close frame was handed to the transport.
	 */
	void closeSent();

	/**
	 * A message did not fit and the policy is to close.
	 * @param limit the limit that it exceeds
	 */
	void overflowed(Limit limit);

	/**
	 * Messages were dropped. Called under the lock, so the listener may only count.
	 * @param messages their number
	 */
	void messagesDropped(int messages);

	/**
	 * A notice of dropped messages was queued: one for each topic and each run of drops.
	 * It is not reported again if a later notice of the run replaces it. If two runs
	 * become one, because the messages between them are dropped, both have been reported.
	 * Called under the lock, so the listener may only count.
	 */
	void dropNoticeQueued();

	/**
	 * A message did not wait for room, because too many threads wait for peers. Called
	 * under the lock, so the listener may only count.
	 */
	void waitRefused();

	/**
	 * Messages were handed to the operating system.
	 * @param frames the messages
	 */
	void written(List<OutboundFrame> frames);

	/**
	 * A write has failed. Nothing is written any more.
	 * @param failure the failure
	 */
	void writeFailed(Throwable failure);

}
