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

import java.time.Duration;

import io.nexios.ws.server.ServerThreads;
import io.nexios.ws.server.StandardContainerUpgrade;
import jakarta.servlet.ServletContext;
import org.apache.tomcat.websocket.server.WsServerContainer;

/**
 * Upgrades on Tomcat.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class TomcatContainerUpgrade extends StandardContainerUpgrade {

	/**
	 * Create an upgrade.
	 * @param threads what resumes connections later
	 * @param sendTimeout how long one write may take
	 */
	public TomcatContainerUpgrade(ServerThreads threads, Duration sendTimeout) {
		super((session) -> new TomcatTransport(session, threads, sendTimeout));
	}

	@Override
	public boolean supports(ServletContext context) {
		return context.getAttribute(CONTAINER_ATTRIBUTE) instanceof WsServerContainer;
	}

}
