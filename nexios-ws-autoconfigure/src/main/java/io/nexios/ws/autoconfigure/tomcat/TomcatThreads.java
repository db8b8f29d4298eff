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

package io.nexios.ws.autoconfigure.tomcat;

import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.tomcat.ConnectorThreads;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Watches the threads of Tomcat. While no thread is free to read what peers have sent,
 * quiet peers are not treated as gone.
 *
 * @author Nexios Team
 */
final class TomcatThreads implements ApplicationListener<ServletWebServerInitializedEvent> {

	private final ServerThreads threads;

	TomcatThreads(ServerThreads threads) {
		this.threads = threads;
	}

	@Override
	public void onApplicationEvent(ServletWebServerInitializedEvent event) {
		// The Actuator may have a separate server, which has a namespace
		boolean ours = event.getApplicationContext().getServerNamespace() == null;
		if (ours && event.getWebServer() instanceof TomcatWebServer server) {
			ConnectorThreads.watch(server.getTomcat(), this.threads);
		}
	}

}
