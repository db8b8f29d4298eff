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

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The system properties, except properties that libraries set once when they are first
 * used.
 *
 * @author Nexios Team
 */
final class SystemProperties implements SharedState {

	private static final List<String> OF_LIBRARIES = List.of("PID", "LOG_", "LOGGED_", "LOGBACK_", "CONSOLE_LOG_",
			"FILE_LOG_", "APPLICATION_", "catalina.", "jetty.git.hash", "jdk.jfr.", "java.awt.headless", "java.naming.",
			"java.protocol.handler.pkgs");

	@Override
	public Set<String> items() {
		return System.getProperties()
			.stringPropertyNames()
			.stream()
			.filter((name) -> OF_LIBRARIES.stream().noneMatch(name::startsWith))
			.map((name) -> "system property " + name + "=" + System.getProperty(name))
			.collect(Collectors.toSet());
	}

}
