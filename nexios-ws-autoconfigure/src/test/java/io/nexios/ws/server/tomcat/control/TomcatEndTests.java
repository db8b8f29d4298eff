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

import java.io.IOException;

import io.nexios.ws.server.transport.ConnectionCallbacks;
import org.junit.jupiter.api.Test;

import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link TomcatEnd}.
 *
 * @author Nexios Team
 */
class TomcatEndTests {

	private final ConnectionCallbacks callbacks = mock(ConnectionCallbacks.class);

	private final TomcatEnd end = new TomcatEnd(this.callbacks);

	@Test
	void failureOfTheThreadThatClosesIsOneOfTheClose() {
		this.end.closing();
		this.end.failed(new IOException());
		assertThat(this.end.closeReturned()).isFalse();
	}

	@Test
	void failureThatAnotherThreadMeetsMeanwhileIsNotOneOfTheClose() throws InterruptedException {
		this.end.closing();
		Thread reader = new Thread(() -> this.end.failed(new IOException()));
		reader.start();
		reader.join();
		assertThat(this.end.closeReturned()).isTrue();
	}

	@Test
	void failureAfterTheCloseIsNotOneOfTheClose() {
		this.end.closing();
		assertThat(this.end.closeReturned()).isTrue();
		this.end.failed(new IOException());
		assertThat(this.end.closeReturned()).isTrue();
	}

	@Test
	void closeOfThisSideIsNotTheEnd() {
		this.end.closing();
		this.end.closed(CloseStatus.NORMAL);
		then(this.callbacks).should(never()).closed(CloseStatus.NORMAL);
		this.end.gone();
		then(this.callbacks).should().closed(CloseStatus.NO_STATUS_CODE);
	}

}
