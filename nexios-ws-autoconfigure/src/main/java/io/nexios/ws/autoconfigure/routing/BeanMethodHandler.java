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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WebSocket;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Calls a {@link RouteMethod} through the proxy of its bean. The bean is looked up for
 * each connection, so it may be lazy or have a scope.
 *
 * @author Nexios Team
 */
class BeanMethodHandler implements WSHandler {

	private final BeanFactory beanFactory;

	private final RouteMethod routeMethod;

	BeanMethodHandler(BeanFactory beanFactory, RouteMethod routeMethod) {
		this.beanFactory = beanFactory;
		this.routeMethod = routeMethod;
	}

	@Override
	public void handle(WebSocket ws) throws Exception {
		Object bean = this.beanFactory.getBean(this.routeMethod.beanName());
		Method method = this.routeMethod.on(bean.getClass());
		ReflectionUtils.makeAccessible(method);
		try {
			method.invoke(bean, ws);
		}
		catch (InvocationTargetException ex) {
			ReflectionUtils.rethrowException(ex.getTargetException());
		}
	}

	@Override
	public String toString() {
		return this.routeMethod.source();
	}

}
