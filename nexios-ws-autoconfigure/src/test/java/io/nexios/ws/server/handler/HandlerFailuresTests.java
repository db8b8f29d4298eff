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

package io.nexios.ws.server.handler;

import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.lifecycle.NoEvents;
import io.nexios.ws.server.thread.ServerThreads;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link HandlerFailures}.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class HandlerFailuresTests {

	private static final GroupsUnavailableException UNAVAILABLE = new GroupsUnavailableException("broker away", null);

	private final ServerThreads threads = new ServerThreads(10);

	private final ServerEnvironment environment = LocalConnection.environment(this.threads, new NoEvents(),
			mock(ChannelBox.class));

	@AfterEach
	void stop() {
		this.threads.close();
	}

	private int closeCodeAfter(Throwable failure) {
		LocalConnection local = LocalConnection.connecting(this.environment);
		local.open();
		HandlerFailures.failed(local.connection(), HandlerScope.PLAIN, this.environment.throttle(), failure);
		Awaitility.await().until(() -> local.closeFrame() != null);
		return local.closeFrame().getCode();
	}

	@Test
	void handlersThatEndBecauseGroupsAreUnavailableAreOneLineOfTheLog(CapturedOutput output) {
		for (int i = 0; i < 20; i++) {
			assertThat(closeCodeAfter(UNAVAILABLE)).isEqualTo(1013);
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("broker away"))).hasSize(1);
	}

	@Test
	void lineAboutAConsumerDoesNotHideTheOneAboutAHandler(CapturedOutput output) {
		LocalConnection local = LocalConnection.connecting(this.environment);
		local.open();
		UnavailableGroups.messageDropped(local.connection(), this.environment.throttle(), UNAVAILABLE);
		closeCodeAfter(UNAVAILABLE);
		assertThat(output).contains("Handler of");
	}

	@Test
	void otherFailuresAreOneLineEach(CapturedOutput output) {
		for (int i = 0; i < 3; i++) {
			assertThat(closeCodeAfter(new IllegalStateException("bug"))).isEqualTo(1011);
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("Handler of"))).hasSize(3);
	}

}
