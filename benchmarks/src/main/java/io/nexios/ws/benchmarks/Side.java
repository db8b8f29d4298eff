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

package io.nexios.ws.benchmarks;

/**
 * One side of a comparison.
 *
 * @param name the name in tables
 * @param server the server process
 * @param path the path of its endpoint
 * @author Nexios Team
 */
public record Side(String name, Server server, String path) {

	static final Side NEXIOS_ECHO = new Side("Nexios WS", Server.APPLICATION, "/nexios/echo");

	static final Side NEXIOS_CONSUMER = new Side("Nexios WS, consumer", Server.APPLICATION, "/nexios/consumer");

	static final Side RAW_ECHO = new Side("raw Spring", Server.APPLICATION, "/raw/echo");

	static final Side VERTX_ECHO = new Side("Vert.x", Server.VERTX, "/echo");

	static final Side QUARKUS_ECHO = new Side("Quarkus", Server.QUARKUS, "/echo");

	static final Side QUARKUS_VIRTUAL = new Side("Quarkus, virtual threads", Server.QUARKUS, "/virtual");

	static final Side NEXIOS_GROUP = new Side("Nexios WS", Server.APPLICATION, "/nexios/group");

	static final Side RAW_GROUP = new Side("raw Spring", Server.APPLICATION, "/raw/group");

	static final Side STOMP_GROUP = new Side("Spring STOMP", Server.APPLICATION, "/stomp");

	static final Side VERTX_GROUP = new Side("Vert.x", Server.VERTX, "/group");

	static final Side QUARKUS_GROUP = new Side("Quarkus", Server.QUARKUS, "/group");

	boolean isStomp() {
		return this.path.equals("/stomp");
	}

	boolean isPeer() {
		return this.server != Server.APPLICATION || isStomp();
	}

	boolean isOurs() {
		return this.path.startsWith("/nexios");
	}

}
