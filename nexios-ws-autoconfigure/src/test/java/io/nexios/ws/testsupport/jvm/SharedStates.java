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

import java.util.ArrayList;
import java.util.List;

import org.springframework.util.ClassUtils;

/**
 * Everything that a test class has to leave as it found it.
 *
 * @author Nexios Team
 */
final class SharedStates {

	static final List<SharedState> BESIDE_A_CACHED_CONTEXT = besideCachedContext();

	static final List<SharedState> ALL = all();

	private SharedStates() {
	}

	private static List<SharedState> besideCachedContext() {
		// The default time zone is determined when it is first requested, and is then a
		// property
		List<SharedState> states = new ArrayList<>(List.of(PlatformThreads.withoutServers(), new TestClients(),
				new Sockets(), new ChildProcesses(), new TestThread(), new SystemProperties()));
		if (isPresent("ch.qos.logback.classic.Logger")) {
			states.add(new Loggers());
		}
		return List.copyOf(states);
	}

	private static List<SharedState> all() {
		List<SharedState> states = new ArrayList<>(List.of(new PlatformThreads(), new VirtualThreads()));
		states.addAll(BESIDE_A_CACHED_CONTEXT.subList(1, BESIDE_A_CACHED_CONTEXT.size()));
		if (isPresent("org.apache.tomcat.websocket.BackgroundProcessManager")) {
			states.add(new TomcatBackgroundProcesses());
		}
		return List.copyOf(states);
	}

	static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, SharedStates.class.getClassLoader());
	}

}
