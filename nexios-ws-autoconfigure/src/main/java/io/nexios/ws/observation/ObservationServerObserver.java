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

import io.micrometer.observation.ObservationRegistry;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.observer.ServerObserver;

/**
 * Observes every connection and, if configured, every message.
 *
 * @author Nexios Team
 */
public final class ObservationServerObserver implements ServerObserver {

	private final ObservationRegistry registry;

	private final WSConnectionObservationConvention convention;

	private final boolean messages;

	/**
	 * Create an observer.
	 * @param registry the registry for observations
	 * @param convention names and tags the observations of connections
	 * @param messages whether messages are also observed
	 */
	public ObservationServerObserver(ObservationRegistry registry, WSConnectionObservationConvention convention,
			boolean messages) {
		this.registry = registry;
		this.convention = convention;
		this.messages = messages;
	}

	@Override
	public ConnectionObserver connection(String route) {
		return this.registry.isNoop() ? ConnectionObserver.NONE
				: new ConnectionObservation(route, this.registry, this.convention, this.messages);
	}

}
