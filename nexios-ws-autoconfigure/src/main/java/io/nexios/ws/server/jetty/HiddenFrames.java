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

package io.nexios.ws.server.jetty;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.ExtensionConfig;
import org.eclipse.jetty.websocket.core.AbstractExtension;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;

/**
 * Processes the frames that Jetty does not pass to listeners. Jetty passes all frames to
 * the extensions of a connection. This is an internal extension, which is not negotiated
 * with peers.
 * <ul>
 * <li>Frames after the peer's close are ignored. While the answer to the close waits,
 * Jetty continues to read. For such a frame it would drop the connection, and with it
 * everything that has still to be sent.</li>
 * <li>Empty fragments of binary messages are reported, so that they are counted.</li>
 * </ul>
 * Public only for Jetty's reflection.
 *
 * @author Nexios Team
 */
public final class HiddenFrames extends AbstractExtension {

	private static final String NAME = "@nexios-ws-hidden-frames";

	// A peer that sends more frames does not do so by accident
	private static final int MAX_BEHIND_CLOSE = 64;

	private volatile @Nullable Runnable emptyFragments;

	// Used only by the thread that reads
	private boolean binary;

	private boolean closed;

	private int behindClose;

	/**
	 * Register this extension with Jetty.
	 * @param context the context of the application
	 */
	static void register(ServletContextHandler context) {
		WebSocketServerComponents.getWebSocketComponents(context)
			.getExtensionRegistry()
			.register(NAME, HiddenFrames.class);
	}

	/**
	 * Add this extension to the connection of a handshake.
	 * @param response the response to the handshake
	 */
	static void addTo(JettyServerUpgradeResponse response) {
		List<ExtensionConfig> extensions = new ArrayList<>(response.getExtensions());
		extensions.add(ExtensionConfig.parse(NAME));
		response.setExtensions(extensions);
	}

	/**
	 * Set the action that runs for each empty fragment of a binary message.
	 * @param session the connection
	 * @param action the action, called by the thread that reads
	 */
	static void whenEmptyFragment(CoreSession session, Runnable action) {
		if (session instanceof WebSocketCoreSession coreSession) {
			coreSession.getExtensionStack()
				.getExtensions()
				.stream()
				.filter(HiddenFrames.class::isInstance)
				.forEach((extension) -> ((HiddenFrames) extension).emptyFragments = action);
		}
	}

	@Override
	public void onFrame(Frame frame, Callback callback) {
		if (this.closed && this.behindClose++ < MAX_BEHIND_CLOSE) {
			callback.succeeded();
			return;
		}
		this.closed = this.closed || frame.getOpCode() == OpCode.CLOSE;
		noteType(frame);
		if (isEmptyFragment(frame)) {
			Runnable action = this.emptyFragments;
			if (action != null) {
				action.run();
			}
		}
		// Does not call the superclass, which logs payloads under the name of this class
		getNextIncoming().onFrame(frame, callback);
	}

	@Override
	public void sendFrame(OutgoingEntry entry) {
		getNextOutgoing().sendFrame(entry);
	}

	private void noteType(Frame frame) {
		if (frame.getOpCode() == OpCode.BINARY || frame.getOpCode() == OpCode.TEXT) {
			this.binary = frame.getOpCode() == OpCode.BINARY;
		}
	}

	private boolean isEmptyFragment(Frame frame) {
		return this.binary && OpCode.isDataFrame(frame.getOpCode()) && !frame.isFin() && !frame.hasPayload();
	}

}
