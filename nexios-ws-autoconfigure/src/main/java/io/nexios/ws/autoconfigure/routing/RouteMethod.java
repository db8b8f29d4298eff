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
import java.util.Arrays;
import java.util.List;

import io.nexios.ws.WSRoute;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.server.routing.InvalidRouteException;
import io.nexios.ws.server.routing.RouteDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * A method of a bean that is annotated with {@link WSRoute @WSRoute}.
 *
 * @param beanName the name of the bean to call
 * @param method the method as declared in its class
 * @author Nexios Team
 */
record RouteMethod(String beanName, Method method) {

	List<RouteDefinition> definitions(BeanFactory beanFactory) {
		checkSignature();
		BeanMethodHandler handler = new BeanMethodHandler(beanFactory, this);
		return Arrays.stream(paths())
			.map((path) -> new RouteDefinition(new WebSocketRoute(path, handler), source()))
			.toList();
	}

	private void checkSignature() {
		if (!Arrays.equals(this.method.getParameterTypes(), new Class<?>[] { WebSocket.class })
				|| this.method.getReturnType() != void.class) {
			throw new InvalidRouteException("The " + source() + " does not have the signature of a handler.",
					"Declare it as 'void " + this.method.getName()
							+ "(WebSocket ws)'. Read path variables and other values from the WebSocket.");
		}
	}

	private String[] paths() {
		WSRoute annotation = AnnotatedElementUtils.findMergedAnnotation(this.method, WSRoute.class);
		if (annotation == null || annotation.value().length == 0) {
			throw new InvalidRouteException("The " + source() + " names no path.", "Add a path: @WSRoute(\"/chat\").");
		}
		return annotation.value();
	}

	String source() {
		return "@WSRoute method '" + this.method.getName() + "' of bean '" + this.beanName + "'";
	}

	/**
	 * Return the method to call on a bean.
	 * @param type the bean's type, possibly that of a proxy
	 * @return the method to call
	 * @throws InvalidRouteException if the proxy does not have the method or cannot
	 * override it
	 */
	Method on(@Nullable Class<?> type) {
		Method invocable = invocable(type);
		String obstacle = (type != null) ? ProxyLimits.obstacle(invocable, type) : null;
		if (obstacle != null) {
			throw CallbackMethods.overlooked(source(), obstacle);
		}
		return invocable;
	}

	private Method invocable(@Nullable Class<?> type) {
		try {
			return AopUtils.selectInvocableMethod(this.method, type);
		}
		catch (IllegalStateException ex) {
			throw new InvalidRouteException("The " + source() + " cannot be called through the proxy of the bean.",
					"Make the method public, and declare it in an interface of the bean, or use class-based proxies "
							+ "(spring.aop.proxy-target-class=true). " + ex.getMessage());
		}
	}

}
