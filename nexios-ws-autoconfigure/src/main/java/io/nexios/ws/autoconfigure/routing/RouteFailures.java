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

package io.nexios.ws.autoconfigure.routing;

import java.util.function.Supplier;

import io.nexios.ws.server.routing.InvalidRouteException;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Converts an {@link InvalidRouteException} to a failure analysis of Spring Boot.
 *
 * @author Nexios Team
 */
final class RouteFailures {

	private RouteFailures() {
	}

	static <T> T analyzed(Supplier<T> work) {
		try {
			return work.get();
		}
		catch (InvalidRouteException ex) {
			throw new FailureAnalyzedException(ex.description(), ex.action(), ex);
		}
	}

	static void analyzed(Runnable work) {
		analyzed(() -> {
			work.run();
			return true;
		});
	}

}
