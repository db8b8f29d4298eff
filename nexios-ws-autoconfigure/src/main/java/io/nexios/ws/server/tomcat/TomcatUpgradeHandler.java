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

import java.util.List;
import java.util.Map;

import io.nexios.ws.server.tomcat.control.ControlFrames;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.websocket.Transformation;
import org.apache.tomcat.websocket.server.WsHandshakeRequest;
import org.apache.tomcat.websocket.server.WsHttpUpgradeHandler;
import org.apache.tomcat.websocket.server.WsServerContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Tomcat's upgrade handler for the connections of this library. It can close the socket
 * at any time, passes all frames to {@link ControlFrames}, and reports the end of the
 * socket. It uses only public members of Tomcat, so it is active with every version. A
 * {@link SocketReading} can be attached to it.
 *
 * @author Nexios Team
 */
public final class TomcatUpgradeHandler extends WsHttpUpgradeHandler {

	private SocketReading.Factory attachment = SocketReading.Factory.NONE;

	private @Nullable SocketReading reading;

	private @Nullable SocketWrapperBase<?> socket;

	private volatile @Nullable Runnable whenGone;

	private @Nullable ControlFrames frames;

	/**
	 * Attach a {@link SocketReading}. To be called before there is a socket.
	 * @param attachment creates the {@link SocketReading}
	 */
	public void attach(SocketReading.Factory attachment) {
		this.attachment = attachment;
	}

	@Override
	public void preInit(ServerEndpointConfig config, WsServerContainer container, WsHandshakeRequest request,
			List<Extension> extensions, String subprotocol, @Nullable Transformation transformation,
			Map<String, String> pathParameters, boolean secure) {
		this.frames = new ControlFrames(transformation);
		this.frames.registerWith(config);
		super.preInit(config, container, request, extensions, subprotocol, this.frames, pathParameters, secure);
	}

	@Override
	public void setSocketWrapper(SocketWrapperBase<?> socket) {
		super.setSocketWrapper(socket);
		this.socket = socket;
		this.reading = this.attachment.of(socket);
		if (this.frames != null) {
			this.frames.setSocket(socket);
		}
	}

	/**
	 * Return the attached {@link SocketReading}.
	 * @return the {@link SocketReading}, or {@code null} if only Tomcat's tasks read
	 */
	public @Nullable SocketReading reading() {
		return this.reading;
	}

	/**
	 * Set the action that runs when Tomcat has closed the socket: after the peer's close
	 * frame, after the end of the peer's input, or after a failure.
	 * @param action the action, which may run more than once
	 */
	void whenGone(Runnable action) {
		this.whenGone = action;
	}

	/**
	 * Close the socket, even while other threads read or write. Nothing is written
	 * afterwards.
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
		if (event != SocketEvent.OPEN_READ) {
			return super.upgradeDispatch(event);
		}
		SocketReading reading = this.reading;
		return (reading != null) ? reading.process(this::read) : read();
	}

	private SocketState read() {
		ControlFrames frames = this.frames;
		if (frames == null) {
			return super.upgradeDispatch(SocketEvent.OPEN_READ);
		}
		if (!frames.beginReading()) {
			return SocketState.SUSPENDED;
		}
		try {
			return super.upgradeDispatch(SocketEvent.OPEN_READ);
		}
		finally {
			frames.endReading();
		}
	}

}
