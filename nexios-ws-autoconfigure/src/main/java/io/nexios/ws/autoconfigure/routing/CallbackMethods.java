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

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WSMiddleware;
import io.nexios.ws.WebSocket;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.server.routing.InvalidRouteException;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * The callback methods of beans that are handlers, middleware or consumers.
 *
 * @author Nexios Team
 */
final class CallbackMethods {

	private static final List<Class<?>> TYPES = List.of(WebSocketConsumer.class, WSHandler.class, WSMiddleware.class);

	private static final Set<String> NAMES = Set.of("onConnect", "onReceive", "onDisconnect", "handle");

	private CallbackMethods() {
	}

	/**
	 * Check that all callback methods can be called through the proxies of their beans.
	 * @param beanFactory the beans
	 * @throws InvalidRouteException if a bean has a callback method that cannot be called
	 */
	static void check(ConfigurableListableBeanFactory beanFactory) {
		for (Class<?> type : TYPES) {
			for (String name : beanFactory.getBeanNamesForType(type, true, false)) {
				Class<?> beanClass = ProxyLimits.beanClass(beanFactory, name);
				if (beanClass != null && ProxyLimits.isProxy(beanClass)) {
					check(name, type, beanClass);
				}
			}
		}
	}

	private static void check(String name, Class<?> type, Class<?> proxy) {
		if (!type.isAssignableFrom(proxy)) {
			throw new InvalidRouteException(
					"The consumer bean '" + name + "' has a proxy that is not a " + type.getSimpleName() + ".",
					"Use class-based proxies (spring.aop.proxy-target-class=true), or remove the interfaces for which "
							+ "the proxy is created.");
		}
		for (Method method : ReflectionUtils.getAllDeclaredMethods(proxy.getSuperclass())) {
			String obstacle = isCallback(method, type) ? ProxyLimits.obstacle(method, proxy) : null;
			if (obstacle != null) {
				throw overlooked("method '" + method.getName() + "' of bean '" + name + "'", obstacle);
			}
		}
	}

	private static boolean isCallback(Method method, Class<?> type) {
		return NAMES.contains(method.getName()) && method.getParameterCount() > 0
				&& method.getParameterTypes()[0] == WebSocket.class && !method.isBridge() && overrides(method, type);
	}

	private static boolean overrides(Method method, Class<?> type) {
		for (Method callback : type.getDeclaredMethods()) {
			if (callback.getName().equals(method.getName())
					&& callback.getParameterCount() == method.getParameterCount()) {
				return true;
			}
		}
		return false;
	}

	static InvalidRouteException overlooked(String source, String obstacle) {
		return new InvalidRouteException(
				"The " + source + " is " + obstacle + ", so the proxy of the bean cannot override it. The checks of "
						+ "the proxy, such as @PreAuthorize, would be skipped.",
				"Make the method protected or public, and remove 'final' and 'static'. Or remove the annotation for "
						+ "which the bean has a proxy.");
	}

}
