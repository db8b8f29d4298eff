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

import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.server.routing.InvalidRouteException;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds all {@link RouteMethod route methods} of an application.
 *
 * @author Nexios Team
 */
final class RouteMethods {

	private RouteMethods() {
	}

	static List<RouteMethod> find(ConfigurableListableBeanFactory beanFactory) {
		List<RouteMethod> found = new ArrayList<>();
		AnnotatedBeans.find(beanFactory).forEach((name, type) -> {
			if (!ConsumerBeans.isConsumer(type)) {
				checkNotOnType(name, type);
			}
			AnnotatedBeans.methods(type).forEach((method) -> found.add(new RouteMethod(name, method)));
		});
		return found;
	}

	private static void checkNotOnType(String name, Class<?> type) {
		if (AnnotatedBeans.onType(type) != null) {
			throw new InvalidRouteException(
					"Bean '" + name + "' has @WSRoute on its class, " + type.getName() + ", which is not a consumer.",
					"Put @WSRoute on the method that handles the connection.");
		}
	}

}
