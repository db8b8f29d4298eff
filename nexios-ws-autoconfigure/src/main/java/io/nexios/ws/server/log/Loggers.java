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

package io.nexios.ws.server.log;

/**
 * The names of the loggers. Operators rely on them, so they are not names of classes.
 *
 * @author Nexios Team
 */
public final class Loggers {

	/**
	 * Connections that break, or cannot be closed or looked at.
	 */
	public static final String CONNECTION = "io.nexios.ws.connection";

	/**
	 * Groups whose broker fails.
	 */
	public static final String GROUPS = "io.nexios.ws.groups";

	/**
	 * Code of the application that fails: handlers, consumers, listeners, resolvers.
	 */
	public static final String HANDLER = "io.nexios.ws.handler";

	/**
	 * Handshakes that fail, and the likely cause.
	 */
	public static final String HANDSHAKE = "io.nexios.ws.handshake";

	/**
	 * JSON that does not bind.
	 */
	public static final String JSON = "io.nexios.ws.json";

	/**
	 * Limits that are reached: handshakes that are refused, connections that are closed.
	 */
	public static final String LIMITS = "io.nexios.ws.limits";

	/**
	 * Routes that are declared in an unusual way.
	 */
	public static final String ROUTES = "io.nexios.ws.routes";

	/**
	 * Sessions that cannot be looked up.
	 */
	public static final String SESSIONS = "io.nexios.ws.sessions";

	/**
	 * What has not ended in time when the application stops.
	 */
	public static final String SHUTDOWN = "io.nexios.ws.shutdown";

	/**
	 * Tomcat: buffers, and what is off with an untested version.
	 */
	public static final String TOMCAT = "io.nexios.ws.tomcat";

	private Loggers() {
	}

}
