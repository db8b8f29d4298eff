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
import java.util.Iterator;

import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;

/**
 * Sends frames one after the other without waiting. Tomcat reports every completion on a
 * thread of its own and never within the call. So there is no recursion.
 *
 * @author Nexios Team
 */
final class AsyncWrite implements SendHandler {

	private final RemoteEndpoint.Async remote;

	private final Iterator<OutboundFrame> frames;

	private final Transport.Completion completion;

	AsyncWrite(RemoteEndpoint.Async remote, Iterator<OutboundFrame> frames, Transport.Completion completion) {
		this.remote = remote;
		this.frames = frames;
		this.completion = completion;
	}

	void next() {
		try {
			while (this.frames.hasNext()) {
				OutboundFrame frame = this.frames.next();
				if (frame.kind() != OutboundFrame.Kind.PING) {
					send(frame);
					return;
				}
				this.remote.sendPing(frame.payload());
			}
			this.completion.succeeded();
		}
		catch (IOException | RuntimeException ex) {
			this.completion.failed(ex);
		}
	}

	private void send(OutboundFrame frame) {
		if (frame.kind() == OutboundFrame.Kind.TEXT) {
			this.remote.sendText(frame.text(), this);
		}
		else {
			this.remote.sendBinary(frame.payload(), this);
		}
	}

	@Override
	public void onResult(SendResult result) {
		if (result.isOK()) {
			next();
		}
		else {
			this.completion.failed(result.getException());
		}
	}

}
