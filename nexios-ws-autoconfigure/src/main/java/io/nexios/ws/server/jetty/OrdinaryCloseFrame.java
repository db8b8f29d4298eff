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
 * A close frame of any code that Jetty deals with as with a normal one: it goes out
 * behind all messages, and the peer's answer is waited for. At other codes than 1000,
 * 1005 and those from 3000 on Jetty forgets what it has not written, and cuts the
 * connection off.
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
	 * Return what Jetty decides by, not what is sent.
	 */
	@Override
	public CloseStatus getCloseStatus() {
		return CloseStatus.NORMAL_STATUS;
	}

}
