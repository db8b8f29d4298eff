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

package io.nexios.ws.server.tomcat.internal;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;

import io.nexios.ws.server.tomcat.FirstBuffers;
import org.apache.tomcat.websocket.WsFrameBase;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * Replaces, by reflection, the buffers in which Tomcat collects the first messages of a
 * session. If that is not possible, Tomcat's buffers stay until the first message.
 *
 * @author Nexios Team
 */
public final class MessageBuffers implements FirstBuffers {

	static final String FRAME_NAME = "wsFrame";

	static final String BINARY_NAME = "messageBufferBinary";

	static final String TEXT_NAME = "messageBufferText";

	// Enough for most texts. Texts are decoded from this buffer, larger texts in several
	// steps
	private static final int DECODING_SIZE = 256;

	private static final @Nullable Field FRAME = InternalField.find(WsSession.class, FRAME_NAME, WsFrameBase.class);

	private static final @Nullable Field BINARY = InternalField.find(WsFrameBase.class, BINARY_NAME, ByteBuffer.class);

	private static final @Nullable Field TEXT = InternalField.find(WsFrameBase.class, TEXT_NAME, CharBuffer.class);

	@Override
	public void shrink(WsSession session, int size) {
		if (FRAME == null || BINARY == null || TEXT == null) {
			return;
		}
		try {
			Object frame = FRAME.get(session);
			// The first binary message gets a buffer of the session's size
			BINARY.set(frame, ByteBuffer.allocate(Math.min(size, DECODING_SIZE)));
			// This is not the session's size either, so the first text gets a buffer of
			// that size
			TEXT.set(frame, CharBuffer.allocate(0));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
