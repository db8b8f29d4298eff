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

package io.nexios.ws.server.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

import io.nexios.ws.server.ServerThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * The pong for the last ping that was not answered. Who writes messages writes it before
 * the next frame; where nobody does, or not any more, a task writes it. So a peer that
 * pings and does not read holds one pong, and no thread that reads.
 * <p>
 * A ping is noted before the writes are looked at, and a write is over before the pong is
 * looked for: one of the two sees the other.
 *
 * @author Nexios Team
 */
final class PongReply {

	private static final Log logger = LogFactory.getLog(PongReply.class);

	private final AtomicReference<@Nullable ByteBuffer> newest = new AtomicReference<>();

	private final WsSession session;

	private final PeerAnswers answers;

	private final ServerThreads threads;

	PongReply(WsSession session, PeerAnswers answers, ServerThreads threads) {
		this.session = session;
		this.answers = answers;
		this.threads = threads;
	}

	/**
	 * Answer a ping, and none before it that is not answered yet.
	 * @param payload the payload, which is used again by others
	 */
	void answer(ByteBuffer payload) {
		ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
		boolean first = this.newest.getAndSet(copy) == null;
		if (first && !this.answers.isWriting()) {
			sendLater();
		}
	}

	/**
	 * No write is under way any more.
	 */
	void written() {
		if (this.newest.get() != null) {
			sendLater();
		}
	}

	private void sendLater() {
		this.threads.executeSurely(() -> {
			// Otherwise whoever writes sees the pong, before the next frame or at the end
			if (!this.answers.isWriting()) {
				sendAlone();
			}
		});
	}

	private void sendAlone() {
		// Of platform threads there are few: Tomcat drops the connection sooner
		boolean blocking = ServerThreads.isCurrentVirtual();
		this.answers.beginWrite(blocking);
		try {
			sendWaiting();
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Cannot answer a ping", ex);
			return;
		}
		this.answers.endWrite(blocking);
	}

	/**
	 * Send the pong if one waits.
	 * @throws IOException if nothing can be sent any more
	 */
	void sendWaiting() throws IOException {
		ByteBuffer pong = (this.newest.get() != null) ? this.newest.getAndSet(null) : null;
		if (pong != null) {
			this.session.getBasicRemote().sendPong(pong);
		}
	}

}
