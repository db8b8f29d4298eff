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
 * Which package may import which. Imports have one direction: if a package imports
 * another, the other does not import it.
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
		directions.put(".spi", Set.of(""));
		directions.put(".ticket", Set.of(".spi"));
		directions.put(".broker", Set.of(".channel", ".spi"));
		// Redis, nothing of which users import
		directions.put(".broker.redis.script", Set.of());
		directions.put(".broker.redis.wire", Set.of(".broker"));
		directions.put(".broker.redis.cursor", Set.of(".broker", ".broker.redis.wire"));
		directions.put(".broker.redis.observer", Set.of(".broker"));
		directions.put(".broker.redis.connection",
				Set.of(".broker.redis.observer", ".broker.redis.script", ".server.log", ".server.thread", ".spi"));
		directions.put(".broker.redis.lettuce", Set.of(".broker.redis.connection", ".server.thread", ".spi"));
		directions.put(".broker.redis.publish", Set.of(".broker", ".broker.redis.connection", ".broker.redis.observer",
				".broker.redis.script", ".broker.redis.wire", ".channel", ".server.log", ".server.thread", ".spi"));
		directions.put(".broker.redis.lane", Set.of(".server.log", ".server.thread", ".spi"));
		directions.put(".broker.redis.feed", Set.of(".broker", ".broker.redis.connection", ".broker.redis.cursor",
				".broker.redis.lane", ".broker.redis.observer", ".broker.redis.script", ".broker.redis.wire", ".spi"));
		directions.put(".broker.redis.subscribe",
				Set.of(".broker", ".broker.redis.connection", ".broker.redis.cursor", ".broker.redis.feed",
						".broker.redis.lane", ".broker.redis.observer", ".broker.redis.wire", ".channel",
						".server.thread", ".spi"));
		directions.put(".broker.redis.history", Set.of(".broker", ".broker.redis.connection", ".broker.redis.cursor",
				".broker.redis.script", ".broker.redis.wire", ".channel", ".spi"));
		directions.put(".broker.redis.node", Set.of(".broker.redis.connection", ".broker.redis.script",
				".broker.redis.wire", ".server.log", ".server.thread", ".spi"));
		directions.put(".broker.redis.peer",
				Set.of(".broker", ".broker.redis.connection", ".broker.redis.node", ".broker.redis.observer",
						".broker.redis.lane", ".broker.redis.script", ".broker.redis.wire", ".channel", ".spi"));
		directions.put(".broker.redis.presence", Set.of(".broker", ".broker.redis.connection", ".broker.redis.node",
				".broker.redis.observer", ".broker.redis.script", ".broker.redis.wire", ".channel", ".spi"));
		directions.put(".broker.redis.ticket",
				Set.of(".broker.redis.connection", ".broker.redis.wire", ".spi", ".ticket"));
		directions.put(".broker.redis",
				Set.of(".broker", ".broker.redis.connection", ".broker.redis.cursor", ".broker.redis.history",
						".broker.redis.node", ".broker.redis.observer", ".broker.redis.peer", ".broker.redis.presence",
						".broker.redis.publish", ".broker.redis.script", ".broker.redis.subscribe",
						".broker.redis.ticket", ".broker.redis.wire", ".channel", ".server.log", ".server.thread",
						".spi", ".ticket"));
		// The packages of the server, each one after those that it may import
		directions.put(".server.log", Set.of());
		directions.put(".server.thread", Set.of(".server.log", ".spi"));
		directions.put(".server.routing", Set.of(""));
		directions.put(".server.json", Set.of("", ".server.log"));
		directions.put(".server.limit", Set.of(".spi"));
		directions.put(".server.observer", Set.of("", ".server.limit"));
		directions.put(".server.transport", Set.of(".server.log", ".server.thread"));
		directions.put(".server.tomcat.control", Set.of(".server.log", ".server.thread", ".server.transport"));
		directions.put(".server.tomcat",
				Set.of(".server.log", ".server.thread", ".server.tomcat.control", ".server.transport"));
		// The server does not know these two packages, so each of them can be deleted
		directions.put(".server.tomcat.readahead", Set.of(".server.log", ".server.tomcat"));
		directions.put(".server.tomcat.internal", Set.of(".server.log", ".server.tomcat"));
		directions.put(".server.jetty", Set.of(".server.log", ".server.thread", ".server.transport"));
		directions.put(".server.handshake", Set.of("", ".server.json", ".server.limit", ".server.log"));
		directions.put(".server.lifecycle",
				Set.of("", ".server.limit", ".server.log", ".server.observer", ".server.thread"));
		directions.put(".server.inbound",
				Set.of("", ".server.lifecycle", ".server.limit", ".server.observer", ".server.transport", ".spi"));
		directions.put(".server.outbound", Set.of("", ".server.limit", ".server.thread", ".server.transport"));
		directions.put(".server.connection",
				Set.of("", ".channel", ".server.handshake", ".server.inbound", ".server.json", ".server.lifecycle",
						".server.limit", ".server.log", ".server.observer", ".server.outbound", ".server.thread",
						".server.transport", ".spi"));
		directions.put(".server.login",
				Set.of("", ".server.connection", ".server.log", ".server.thread", ".spi", ".ticket"));
		directions.put(".server.channel", Set.of("", ".broker", ".channel", ".server.connection", ".server.json",
				".server.lifecycle", ".server.observer", ".server.thread", ".server.transport"));
		directions.put(".server.group.broker",
				Set.of("", ".broker", ".channel", ".server.log", ".server.thread", ".spi"));
		directions.put(".server.group.delivery", Set.of("", ".broker", ".channel", ".server.channel",
				".server.group.broker", ".server.json", ".server.transport", ".spi"));
		directions.put(".server.group",
				Set.of("", ".broker", ".channel", ".server.channel", ".server.connection", ".server.group.broker",
						".server.group.delivery", ".server.json", ".server.lifecycle", ".server.log",
						".server.observer", ".server.thread", ".server.transport", ".spi"));
		directions.put(".server.handler",
				Set.of("", ".channel", ".consumer", ".server.channel", ".server.connection", ".server.handshake",
						".server.inbound", ".server.json", ".server.lifecycle", ".server.limit", ".server.log",
						".server.login", ".server.observer", ".server.outbound", ".server.routing", ".server.thread",
						".server.transport", ".spi", ".ticket"));
		directions.put(".server",
				Set.of("", ".server.connection", ".server.handler", ".server.handshake", ".server.json",
						".server.lifecycle", ".server.limit", ".server.log", ".server.observer", ".server.outbound",
						".server.routing", ".server.thread", ".server.transport"));
		// Packages that use the server
		directions.put(".observation", Set.of("", ".broker", ".broker.redis.observer", ".server", ".server.group",
				".server.limit", ".server.observer"));
		directions.put(".actuate", Set.of(".broker", ".channel", ".server", ".server.connection", ".server.group",
				".server.inbound", ".server.outbound", ".server.routing"));
		return directions;
	}

	static Set<String> with(Set<String> names, String... more) {
		return Stream.concat(names.stream(), Arrays.stream(more)).collect(Collectors.toUnmodifiableSet());
	}

}
