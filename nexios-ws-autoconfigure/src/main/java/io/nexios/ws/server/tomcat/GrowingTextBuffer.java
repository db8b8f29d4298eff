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

import java.nio.ByteBuffer;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.transport.ConnectionCallbacks;
import io.nexios.ws.server.transport.Transport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Grows the buffer that Tomcat decodes texts into, to fit the texts of a connection. A
 * text that comes in pieces takes more time than a text that comes whole. Tomcat changes
 * to the new size when the next text begins.
 *
 * @author Nexios Team
 */
final class GrowingTextBuffer implements ConnectionCallbacks {

	private static final Log logger = LogFactory.getLog(Loggers.TOMCAT);

	// Tomcat's default for every connection
	private static final int MAX_SIZE = 8 * 1024;

	private final ConnectionCallbacks callbacks;

	private @Nullable WsSession session;

	private int received;

	GrowingTextBuffer(ConnectionCallbacks callbacks) {
		this.callbacks = callbacks;
	}

	@Override
	public void opened(Transport transport) {
		this.session = transport.unwrap(WsSession.class);
		this.callbacks.opened(transport);
	}

	@Override
	public void text(String part, boolean last) {
		this.received = Math.min(MAX_SIZE, this.received + part.length());
		if (last) {
			if (this.session != null) {
				grow(this.session);
			}
			this.received = 0;
		}
		this.callbacks.text(part, last);
	}

	private void grow(WsSession session) {
		try {
			if (this.received > session.getMaxTextMessageBufferSize()) {
				session.setMaxTextMessageBufferSize(powerOfTwo(this.received));
			}
		}
		catch (IllegalStateException ex) {
			// Another thread has closed the session, so this is its last text
			logger.trace("Did not grow the text buffer", ex);
		}
	}

	private static int powerOfTwo(int size) {
		return Integer.highestOneBit(size - 1) << 1;
	}

	@Override
	public void binary(ByteBuffer part, boolean last) {
		this.callbacks.binary(part, last);
	}

	@Override
	public void pong(ByteBuffer payload) {
		this.callbacks.pong(payload);
	}

	@Override
	public void failed(Throwable failure) {
		this.callbacks.failed(failure);
	}

	@Override
	public void closed(CloseStatus status) {
		this.callbacks.closed(status);
	}

}
