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

import org.apache.tomcat.websocket.BackgroundProcessManager;
import org.junit.jupiter.api.Test;

import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link BackgroundThread}.
 *
 * @author Nexios Team
 */
class BackgroundThreadTests {

	private final BackgroundProcessManager manager = mock();

	private final BackgroundThread thread = new BackgroundThread(this.manager);

	@Test
	void threadIsNotTouchedBeforeTheFirstConnection() {
		then(this.manager).shouldHaveNoInteractions();
	}

	@Test
	void threadIsKeptFromTheFirstConnectionOn() {
		this.thread.keep();
		this.thread.keep();
		then(this.manager).should().register(this.thread);
		then(this.manager).should(never()).unregister(this.thread);
	}

	@Test
	void threadIsReleasedWithTheServer() {
		this.thread.keep();
		this.thread.release();
		this.thread.release();
		then(this.manager).should().unregister(this.thread);
	}

	@Test
	void threadIsNotReleasedIfItWasNeverKept() {
		this.thread.release();
		then(this.manager).shouldHaveNoInteractions();
	}

	@Test
	void threadIsNotKeptAgainAfterItsRelease() {
		this.thread.release();
		this.thread.keep();
		then(this.manager).shouldHaveNoInteractions();
	}

}
