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

	static final List<SharedState> ALL = with(new PlatformThreads(), new VirtualThreads());

	static final List<SharedState> BESIDE_A_CACHED_CONTEXT = with(PlatformThreads.withoutServers());

	private SharedStates() {
	}

	private static List<SharedState> with(SharedState... threads) {
		List<SharedState> states = new ArrayList<>(List.of(threads));
		// The default time zone is found out when it is asked for, and then is a property
		states.addAll(List.of(new Sockets(), new ChildProcesses(), new TestThread(), new SystemProperties()));
		if (isPresent("ch.qos.logback.classic.Logger")) {
			states.add(new Loggers());
		}
		if (isPresent("org.apache.tomcat.websocket.BackgroundProcessManager")) {
			states.add(new TomcatBackgroundProcesses());
		}
		return List.copyOf(states);
	}

	static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, SharedStates.class.getClassLoader());
	}

}
