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

import java.nio.ByteBuffer;

import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * A close frame with any code that Jetty treats as a normal close: Jetty sends it after
 * all messages, and waits for the peer's answer. Without this class, Jetty does so only
 * for the codes 1000, 1005, and 3000 and above. For all other codes it discards what it
 * has not written, and drops the connection.
 *
 * @author Nexios Team
 */
final class OrdinaryCloseFrame extends Frame implements CloseStatus.Supplier {

	OrdinaryCloseFrame(int code, @Nullable String reason) {
		super(OpCode.CLOSE, true, payload(code, reason));
	}

	private static ByteBuffer payload(int code, @Nullable String reason) {
		return (code != CloseStatus.NO_CODE) ? CloseStatus.asPayloadBuffer(code, reason) : BufferUtil.EMPTY_BUFFER;
	}

	/**
	 * Return the status by which Jetty decides. It is not the status that is sent.
	 */
	@Override
	public CloseStatus getCloseStatus() {
		return CloseStatus.NORMAL_STATUS;
	}

}
