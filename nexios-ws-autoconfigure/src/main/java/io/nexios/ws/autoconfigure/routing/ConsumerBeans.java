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
import java.util.Arrays;
import java.util.List;

import io.nexios.ws.WSRoute;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.server.handler.ConsumerHandler;
import io.nexios.ws.server.routing.InvalidRouteException;
import io.nexios.ws.server.routing.RouteDefinition;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds consumer classes with {@link WSRoute @WSRoute}. Their beans become
 * prototype-scoped. Every connection gets its own instance, which is destroyed when the
 * connection ends.
 *
 * @author Nexios Team
 */
public final class ConsumerBeans implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		AnnotatedBeans.find(beanFactory).forEach((name, type) -> {
			if (isConsumer(type) && beanFactory.containsBeanDefinition(name)) {
				beanFactory.getBeanDefinition(name).setScope(BeanDefinition.SCOPE_PROTOTYPE);
			}
		});
	}

	static boolean isConsumer(Class<?> type) {
		return WebSocketConsumer.class.isAssignableFrom(type) && AnnotatedBeans.onType(type) != null;
	}

	static List<RouteDefinition> find(ConfigurableListableBeanFactory beanFactory) {
		List<RouteDefinition> definitions = new ArrayList<>();
		AnnotatedBeans.find(beanFactory).forEach((name, type) -> {
			WSRoute annotation = AnnotatedBeans.onType(type);
			if (annotation != null && isConsumer(type)) {
				checkPrototype(beanFactory, name);
				ConsumerHandler handler = new ConsumerHandler(() -> beanFactory.getBean(name, WebSocketConsumer.class),
						(consumer) -> beanFactory.destroyBean(name, consumer));
				Arrays.stream(annotation.value())
					.map((path) -> new WebSocketRoute(path, handler))
					.forEach((route) -> definitions.add(new RouteDefinition(route, "consumer bean '" + name + "'")));
			}
		});
		return definitions;
	}

	private static void checkPrototype(ConfigurableListableBeanFactory beanFactory, String name) {
		if (!beanFactory.isPrototype(name)) {
			throw new InvalidRouteException(
					"The consumer bean '" + name + "' is a singleton object, but every connection needs its own.",
					"Declare the class as a bean instead of registering an object of it.");
		}
	}

}
