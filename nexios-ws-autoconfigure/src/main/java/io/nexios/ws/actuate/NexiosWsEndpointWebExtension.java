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

package io.nexios.ws.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Returns an HTTP status that says whether there was a connection to close.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = NexiosWsEndpoint.class)
public final class NexiosWsEndpointWebExtension {

	private final NexiosWsEndpoint endpoint;

	/**
	 * Create an extension.
	 * @param endpoint the endpoint
	 */
	public NexiosWsEndpointWebExtension(NexiosWsEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Close one connection after everything that was sent to it.
	 * @param id the connection's id
	 * @param code the close code, 1001 by default
	 * @return 204, or 404 if there was no such connection
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> close(@Selector String id, @Nullable Integer code) {
		return new WebEndpointResponse<>(this.endpoint.close(id, code) ? WebEndpointResponse.STATUS_NO_CONTENT
				: WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
