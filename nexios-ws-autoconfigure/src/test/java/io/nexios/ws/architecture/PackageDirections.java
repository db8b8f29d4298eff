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

package io.nexios.ws.architecture;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which package may import which. All imports go forward: no package imports one that
 * imports it.
 *
 * @author Nexios Team
 */
final class PackageDirections {

	/**
	 * Each package, relative to the root package, with the packages that it may import. A
	 * package may always import itself. Packages below {@code autoconfigure} are missing,
	 * because they may import everything.
	 */
	static final Map<String, Set<String>> ALLOWED = directions();

	private PackageDirections() {
	}

	private static Map<String, Set<String>> directions() {
		Map<String, Set<String>> directions = new TreeMap<>();
		// What users import
		directions.put("", Set.of());
		directions.put(".channel", Set.of(""));
		directions.put(".consumer", Set.of("", ".channel"));
		directions.put(".broker", Set.of("", ".channel"));
		directions.put(".ticket", Set.of());
		directions.put(".spi", Set.of(""));
		// The rooms of the server, each one above those that it imports
		directions.put(".server.routing", Set.of(""));
		directions.put(".server.log", Set.of());
		directions.put(".server.thread", Set.of(".server.log"));
		directions.put(".server.json", Set.of("", ".server.log"));
		directions.put(".server.limit", Set.of(".spi"));
		directions.put(".server.transport", Set.of(".server.log", ".server.thread"));
		directions.put(".server.tomcat.control", Set.of(".server.log", ".server.transport", ".server.thread"));
		directions.put(".server.tomcat",
				Set.of(".server.log", ".server.transport", ".server.thread", ".server.tomcat.control"));
		// Each of them can be deleted, as nothing of the server knows it
		directions.put(".server.tomcat.readahead", Set.of(".server.log", ".server.tomcat"));
		directions.put(".server.tomcat.internal", Set.of(".server.log", ".server.tomcat"));
		directions.put(".server.jetty", Set.of(".server.log", ".server.transport", ".server.thread"));
		directions.put(".server.observer", Set.of("", ".server.limit"));
		directions.put(".server.handshake", Set.of("", ".server.json", ".server.limit", ".server.log"));
		directions.put(".server.inbound",
				Set.of("", ".spi", ".server.limit", ".server.observer", ".server.thread", ".server.transport"));
		directions.put(".server.outbound", Set.of("", ".server.limit", ".server.thread", ".server.transport"));
		directions.put(".server.lifecycle",
				Set.of("", ".server.limit", ".server.log", ".server.observer", ".server.thread"));
		Set<String> parts = Set.of("", ".channel", ".spi", ".server.log", ".server.thread", ".server.json",
				".server.limit", ".server.transport", ".server.observer", ".server.handshake", ".server.inbound",
				".server.outbound", ".server.lifecycle");
		directions.put(".server.connection", parts);
		Set<String> onConnections = with(parts, ".server.connection");
		directions.put(".server.login", with(onConnections, ".ticket"));
		directions.put(".server.channel", with(onConnections, ".broker"));
		Set<String> application = with(onConnections, ".broker", ".consumer", ".ticket", ".server.routing",
				".server.login", ".server.channel");
		directions.put(".server.handler", application);
		directions.put(".server", with(application, ".server.handler"));
		// What stands on the server
		directions.put(".observation", Set.of("", ".server", ".server.channel", ".server.limit", ".server.observer"));
		directions.put(".actuate", Set.of("", ".channel", ".server", ".server.connection", ".server.inbound",
				".server.outbound", ".server.routing"));
		return directions;
	}

	static Set<String> with(Set<String> names, String... more) {
		return Stream.concat(names.stream(), Arrays.stream(more)).collect(Collectors.toUnmodifiableSet());
	}

}
