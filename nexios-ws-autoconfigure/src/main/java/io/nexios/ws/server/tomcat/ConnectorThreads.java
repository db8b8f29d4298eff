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

package io.nexios.ws.server.tomcat;

import java.util.concurrent.Executor;

import io.nexios.ws.server.thread.ServerThreads;
import org.apache.catalina.startup.Tomcat;

/**
 * The threads on which Tomcat reads and completes writes.
 *
 * @author Nexios Team
 */
public final class ConnectorThreads {

	private ConnectorThreads() {
	}

	/**
	 * Register the threads of a server to be watched.
	 * @param tomcat the started server
	 * @param threads watches them
	 */
	public static void watch(Tomcat tomcat, ServerThreads threads) {
		Executor executor = tomcat.getConnector().getProtocolHandler().getExecutor();
		if (executor != null) {
			threads.watch(executor);
		}
	}

}
