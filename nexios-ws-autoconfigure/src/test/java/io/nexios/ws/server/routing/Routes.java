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

package io.nexios.ws.server.routing;

import java.util.Arrays;
import java.util.List;

import io.nexios.ws.WebSocketRoute;

/**
 * Builds route tables for tests.
 *
 * @author Nexios Team
 */
final class Routes {

	private Routes() {
	}

	static RouteTable table(String... paths) {
		return new RouteTable(Arrays.stream(paths).map((path) -> definition(path, "route bean 'test'")).toList(),
				List.of());
	}

	static RouteDefinition definition(String path, String source) {
		return new RouteDefinition(new WebSocketRoute(path, (ws) -> {
		}), source);
	}

}
