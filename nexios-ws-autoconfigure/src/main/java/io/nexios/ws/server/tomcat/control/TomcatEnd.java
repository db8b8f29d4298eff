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

package io.nexios.ws.server.tomcat.control;

import java.nio.ByteBuffer;

import io.nexios.ws.server.transport.ConnectionCallbacks;
import io.nexios.ws.server.transport.Transport;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Reports the end of one connection when its socket is closed. After a close of this
 * side, Tomcat reports the end as soon as the close frame is written, and continues to
 * read.
 *
 * @author Nexios Team
 */
public final class TomcatEnd implements ConnectionCallbacks {

	private static final CloseStatus ANSWERED = CloseStatus.NO_STATUS_CODE;

	private final ConnectionCallbacks callbacks;

	private volatile boolean closing;

	private volatile @Nullable Thread closer;

	private volatile boolean closeFailed;

	public TomcatEnd(ConnectionCallbacks callbacks) {
		this.callbacks = callbacks;
	}

	@Override
	public void opened(Transport transport) {
		this.callbacks.opened(transport);
	}

	@Override
	public void text(String part, boolean last) {
		this.callbacks.text(part, last);
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
		if (Thread.currentThread() == this.closer) {
			this.closeFailed = true;
		}
		this.callbacks.failed(failure);
	}

	@Override
	public void peerClosed(CloseStatus status) {
		this.callbacks.peerClosed(status);
	}

	@Override
	public void closed(CloseStatus status) {
		if (!this.closing) {
			this.callbacks.closed(status);
		}
	}

	/**
	 * The current thread is about to write this side's close frame.
	 */
	public void closing() {
		this.closing = true;
		this.closer = Thread.currentThread();
	}

	/**
	 * The current thread has tried to write this side's close frame. A failure on another
	 * thread does not count: the peer may have hung up as soon as it got the frame.
	 * @return whether the frame is written
	 */
	public boolean closeReturned() {
		this.closer = null;
		return !this.closeFailed;
	}

	/**
	 * Return whether this side has written its close frame or is about to write it.
	 * @return whether this side closes
	 */
	boolean isClosing() {
		return this.closing;
	}

	/**
	 * This side drops the connection.
	 */
	public void dropping() {
		this.closing = false;
	}

	/**
	 * The socket is closed. If the peer hangs up after this side's close frame, this
	 * counts as an answer.
	 */
	public void gone() {
		this.callbacks.closed(this.closing ? ANSWERED : CloseStatus.NO_CLOSE_FRAME);
	}

}
