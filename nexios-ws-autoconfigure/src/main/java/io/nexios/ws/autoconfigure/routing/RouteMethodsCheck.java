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

import java.util.Set;
import java.util.stream.Collectors;

import io.nexios.ws.server.routing.InvalidRouteException;
import io.nexios.ws.server.routing.Route;
import io.nexios.ws.server.routing.RouteTable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Checks the {@link RouteMethod route methods} again when all singletons exist. Only then
 * it is known which class a bean method has returned and which beans have a proxy.
 *
 * @author Nexios Team
 */
public class RouteMethodsCheck implements SmartInitializingSingleton {

	private final ConfigurableListableBeanFactory beanFactory;

	private final RouteTable routes;

	public RouteMethodsCheck(ConfigurableListableBeanFactory beanFactory, RouteTable routes) {
		this.beanFactory = beanFactory;
		this.routes = routes;
	}

	@Override
	public void afterSingletonsInstantiated() {
		RouteFailures.analyzed(this::check);
	}

	private void check() {
		Set<String> served = this.routes.routes().stream().map(Route::source).collect(Collectors.toSet());
		for (RouteMethod method : RouteMethods.find(this.beanFactory)) {
			if (!served.contains(method.source())) {
				throw new InvalidRouteException(
						"The " + method.source()
								+ " is not served, because the declared type of the bean does not have the method.",
						"Declare " + method.method().getDeclaringClass().getName()
								+ " as the return type of the bean method.");
			}
			method.on(ProxyLimits.beanClass(this.beanFactory, method.beanName()));
		}
		CallbackMethods.check(this.beanFactory);
	}

}
