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

/**
 * Tomcat's side of a WebSocket, whose socket can be read ahead. Without a
 * {@link ReadAheadExecutor} nothing is different. With TLS nothing is read ahead, as one
 * poller is not to decrypt for all connections.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class ReadAheadUpgradeHandler extends WsHttpUpgradeHandler {

	private @Nullable ReadAhead readAhead;

	@Override
	public void setSocketWrapper(SocketWrapperBase<?> socket) {
		super.setSocketWrapper(socket);
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

	@Override
	public SocketState upgradeDispatch(SocketEvent event) {
		return (event == SocketEvent.OPEN_READ && this.readAhead != null)
				? this.readAhead.process(() -> super.upgradeDispatch(event)) : super.upgradeDispatch(event);
	}

}
