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
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexios.ws.WSRoute;
import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/**
 * Finds the beans that use {@link WSRoute @WSRoute} by their types. No bean and no
 * {@code FactoryBean} is created for this.
 *
 * @author Nexios Team
 */
final class AnnotatedBeans {

	private static final Log logger = LogFactory.getLog(Loggers.ROUTES);

	private AnnotatedBeans() {
	}

	/**
	 * Return the names of the beans to call, each with its class. For a proxy it is the
	 * target class.
	 * @param beanFactory the beans
	 * @return the names and classes
	 */
	static Map<String, Class<?>> find(ConfigurableListableBeanFactory beanFactory) {
		Map<String, Class<?>> found = new LinkedHashMap<>();
		for (Iterator<String> names = beanFactory.getBeanNamesIterator(); names.hasNext();) {
			String name = names.next();
			Class<?> type = userType(beanFactory, name);
			if (type != null && isAnnotated(name, type)) {
				found.put(name, type);
			}
		}
		return found;
	}

	private static @Nullable Class<?> userType(ConfigurableListableBeanFactory beanFactory, String name) {
		if (ScopedProxyUtils.isScopedTarget(name)) {
			return null;
		}
		try {
			String target = ScopedProxyUtils.getTargetBeanName(name);
			Class<?> type = targetClass(beanFactory, beanFactory.containsBeanDefinition(target) ? target : name);
			return (type != null) ? ClassUtils.getUserClass(type) : null;
		}
		catch (Throwable ex) {
			// Spring does the same for its own annotations: such a bean cannot be used
			// either
			logger.debug("Cannot determine the type of bean '" + name + "'", ex);
			return null;
		}
	}

	private static @Nullable Class<?> targetClass(ConfigurableListableBeanFactory beanFactory, String name) {
		// Not AutoProxyUtils.determineTargetClass, because it creates a FactoryBean to
		// get its type
		if (beanFactory.containsBeanDefinition(name)) {
			BeanDefinition definition = beanFactory.getMergedBeanDefinition(name);
			if (definition.isAbstract()) {
				return null;
			}
			if (definition.getAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE) instanceof Class<?> original) {
				return original;
			}
		}
		return beanFactory.getType(name, false);
	}

	private static boolean isAnnotated(String name, Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, WSRoute.class)
				|| type.getName().startsWith("org.springframework.")) {
			return false;
		}
		try {
			return onType(type) != null || !methods(type).isEmpty();
		}
		catch (Throwable ex) {
			logger.debug("Cannot read the methods of bean '" + name + "'", ex);
			return false;
		}
	}

	static @Nullable WSRoute onType(Class<?> type) {
		return AnnotatedElementUtils.findMergedAnnotation(type, WSRoute.class);
	}

	static List<Method> methods(Class<?> type) {
		// The JVM guarantees no order, but two equally specific routes need one
		return MethodIntrospector.selectMethods(type, (MethodFilter) AnnotatedBeans::isAnnotated)
			.stream()
			.sorted(Comparator.comparing(Method::getName))
			.toList();
	}

	private static boolean isAnnotated(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, WSRoute.class);
	}

}
