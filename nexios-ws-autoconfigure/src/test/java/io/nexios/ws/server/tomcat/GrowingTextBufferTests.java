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

import io.nexios.ws.server.transport.ConnectionCallbacks;
import io.nexios.ws.server.transport.Transport;
import org.apache.tomcat.websocket.WsSession;
import org.junit.jupiter.api.Test;

import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link GrowingTextBuffer}.
 *
 * @author Nexios Team
 */
class GrowingTextBufferTests {

	private final WsSession session = mock(WsSession.class);

	private final ConnectionCallbacks callbacks = mock(ConnectionCallbacks.class);

	private final GrowingTextBuffer buffer = new GrowingTextBuffer(this.callbacks);

	GrowingTextBufferTests() {
		Transport transport = mock(Transport.class);
		given(transport.unwrap(WsSession.class)).willReturn(this.session);
		given(this.session.getMaxTextMessageBufferSize()).willReturn(128);
		this.buffer.opened(transport);
	}

	@Test
	void bufferGrowsWithTheText() {
		this.buffer.text("x".repeat(100), false);
		this.buffer.text("x".repeat(100), true);
		then(this.session).should().setMaxTextMessageBufferSize(256);
	}

	@Test
	void bufferStaysForATextThatFits() {
		this.buffer.text("x".repeat(128), true);
		then(this.session).should(never()).setMaxTextMessageBufferSize(256);
	}

	@Test
	void textIsPassedOnWhenTheSessionIsClosedMeanwhile() {
		IllegalStateException closed = new IllegalStateException("closed");
		given(this.session.getMaxTextMessageBufferSize()).willThrow(closed);
		this.buffer.text("early", true);
		then(this.callbacks).should().text("early", true);
	}

	@Test
	void textIsPassedOnWhenTheSessionIsClosedWhileTheBufferGrows() {
		String text = "x".repeat(129);
		willThrow(new IllegalStateException("closed")).given(this.session).setMaxTextMessageBufferSize(256);
		this.buffer.text(text, true);
		then(this.callbacks).should().text(text, true);
	}

}
