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

package io.nexios.ws.testsupport.jvm;

import java.util.Objects;
import java.util.Set;

import org.apache.tomcat.websocket.BackgroundProcessManager;

import org.springframework.test.util.ReflectionTestUtils;

/**
 * The processes of Tomcat's WebSocket background thread. There is one for each container
 * that has sessions, and one of this library for each server.
 *
 * @author Nexios Team
 */
final class TomcatBackgroundProcesses implements SharedState {

	@Override
	public Set<?> items() {
		synchronized (field("processesLock")) {
			return Set.copyOf((Set<?>) field("processes"));
		}
	}

	private static Object field(String name) {
		return Objects.requireNonNull(ReflectionTestUtils.getField(BackgroundProcessManager.getInstance(), name));
	}

	@Override
	public boolean mayShrink() {
		return true;
	}

	@Override
	public String describe(Object item) {
		return "background process " + item;
	}

}
