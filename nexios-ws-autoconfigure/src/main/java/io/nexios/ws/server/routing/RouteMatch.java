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

import java.util.Map;

/**
 * The route for a path, with the values of its variables.
 *
 * @param route the route
 * @param variables the decoded texts of the variables
 * @param values the converted values of the variables
 * @author Nexios Team
 */
public record RouteMatch(Route route, Map<String, String> variables, Map<String, Object> values) {
}
