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

package io.nexios.ws.benchmarks.redis;

import java.util.List;

import io.nexios.ws.benchmarks.Load;
import io.nexios.ws.benchmarks.Measurement;
import io.nexios.ws.benchmarks.Server;
import io.nexios.ws.benchmarks.ServerProcess;
import io.nexios.ws.benchmarks.Side;

/**
 * The ways to publish on one node for the members on another. The path of a side is that
 * of the publisher.
 *
 * @author Nexios Team
 */
final class NodeSides {

	static final Side UNSAVED = new Side("not saved", Server.NODE, "/nexios/publish");

	static final Side SAVED = new Side("saved", Server.NODE, "/nexios/publish/saved");

	static final List<Side> BOTH = List.of(UNSAVED, SAVED);

	private static final String MEMBERS = "/nexios/group";

	private NodeSides() {
	}

	/**
	 * Publish at fixed times.
	 * @param place has the load generator
	 * @param publisher the server to which is published
	 * @param members the server of the members, whose CPU is measured
	 * @param load a load with one connection more than members
	 * @param side how to publish
	 * @return the measurement
	 */
	static Measurement measure(RedisPlace place, ServerProcess publisher, ServerProcess members, Load load, Side side) {
		return place.workplace()
			.generator()
			.run(load.publishingTo(publisher.port(), side.path()), members,
					new Side(side.name(), side.server(), MEMBERS));
	}

}
