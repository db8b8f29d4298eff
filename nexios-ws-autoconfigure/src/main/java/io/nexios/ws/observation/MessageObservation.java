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
import io.micrometer.observation.ObservationRegistry;
import io.nexios.ws.observation.WSObservationDocumentation.MessageLowCardinalityKeyNames;

/**
 * The observation of one message.
 *
 * @author Nexios Team
 */
final class MessageObservation {

	private final Thread thread = Thread.currentThread();

	private final Observation observation;

	private final Observation.Scope scope;

	private MessageObservation(Observation observation) {
		this.observation = observation;
		this.scope = observation.openScope();
	}

	static MessageObservation start(String route, Observation connection, ObservationRegistry registry) {
		return new MessageObservation(WSObservationDocumentation.MESSAGE.observation(registry)
			.lowCardinalityKeyValue(MessageLowCardinalityKeyNames.ROUTE.withValue(route))
			.parentObservation(connection)
			.start());
	}

	void failed(Throwable failure) {
		this.observation.error(failure);
	}

	void stop() {
		// A handler may receive on several threads, but a scope belongs to the thread
		// that opened it. On that thread the scope of the connection ends this scope
		if (Thread.currentThread() == this.thread) {
			this.scope.close();
		}
		this.observation.stop();
	}

}
