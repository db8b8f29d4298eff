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

package io.nexios.ws.observation;

import io.micrometer.observation.Observation;
import io.nexios.ws.WebSocket;
import org.jspecify.annotations.Nullable;

/**
 * Context of the observation of a connection.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public class WSConnectionObservationContext extends Observation.Context {

	private final String route;

	private final WebSocket webSocket;

	private volatile @Nullable Integer status;

	private volatile @Nullable Integer closeCode;

	/**
	 * Create a context.
	 * @param route the declared path of the route
	 * @param webSocket the connection, before its handshake is decided
	 */
	public WSConnectionObservationContext(String route, WebSocket webSocket) {
		this.route = route;
		this.webSocket = webSocket;
	}

	/**
	 * Return the path of the route.
	 * @return the declared path
	 */
	public String getRoute() {
		return this.route;
	}

	/**
	 * Return the connection.
	 * @return the connection
	 */
	public WebSocket getWebSocket() {
		return this.webSocket;
	}

	/**
	 * Return the answer to the handshake.
	 * @return the HTTP status, 101 for a connection, or {@code null} while it is pending
	 */
	public @Nullable Integer getStatus() {
		return this.status;
	}

	void setStatus(int status) {
		this.status = status;
	}

	/**
	 * Return the close code of the connection.
	 * @return the close code, or {@code null} if the connection is open or was never open
	 */
	public @Nullable Integer getCloseCode() {
		return this.closeCode;
	}

	void setCloseCode(@Nullable Integer closeCode) {
		this.closeCode = closeCode;
	}

}
