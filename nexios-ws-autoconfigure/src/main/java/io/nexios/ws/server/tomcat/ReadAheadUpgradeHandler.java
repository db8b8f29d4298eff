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

import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.websocket.server.WsHttpUpgradeHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Tomcat's side of a WebSocket, whose socket can be read ahead and cut off, and whose end
 * is told. Without a {@link ReadAheadExecutor} nothing is read ahead. With TLS nothing is
 * read ahead, as one poller is not to decrypt for all connections.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class ReadAheadUpgradeHandler extends WsHttpUpgradeHandler {

	private @Nullable ReadAhead readAhead;

	private @Nullable SocketWrapperBase<?> socket;

	private volatile @Nullable Runnable whenGone;

	@Override
	public void setSocketWrapper(SocketWrapperBase<?> socket) {
		super.setSocketWrapper(socket);
		this.socket = socket;
		boolean plain = socket instanceof NioSocketWrapper && !(socket.getSocket() instanceof SecureNioChannel);
		this.readAhead = plain ? new ReadAhead(socket) : null;
	}

	/**
	 * Return what reads ahead.
	 * @return what reads ahead, or {@code null} if nothing may
	 */
	@Nullable ReadAhead readAhead() {
		return this.readAhead;
	}

	/**
	 * Set what to do when Tomcat has closed the socket after the peer's close frame, its
	 * end, or a failure.
	 * @param action the action, which may run more than once
	 */
	void whenGone(Runnable action) {
		this.whenGone = action;
	}

	/**
	 * Close the socket, whoever reads or writes. Nothing is written from here on.
	 */
	void closeSocket() {
		Assert.state(this.socket != null, "There is no socket yet");
		this.socket.close();
	}

	@Override
	public void destroy() {
		super.destroy();
		Runnable action = this.whenGone;
		if (action != null) {
			action.run();
		}
	}

	@Override
	public SocketState upgradeDispatch(SocketEvent event) {
		return (event == SocketEvent.OPEN_READ && this.readAhead != null)
				? this.readAhead.process(() -> super.upgradeDispatch(event)) : super.upgradeDispatch(event);
	}

}
