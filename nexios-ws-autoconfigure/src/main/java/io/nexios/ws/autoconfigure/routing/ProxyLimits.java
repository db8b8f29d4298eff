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
import java.lang.reflect.Modifier;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.SpringProxy;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.AbstractBeanFactory;

/**
 * Determines which methods the proxy of a bean cannot override. Such a method would run
 * on the proxy object itself. It would skip the checks of the proxy, such as
 * <code>@PreAuthorize</code>, and would not see the fields of the bean.
 *
 * @author Nexios Team
 */
final class ProxyLimits {

	private ProxyLimits() {
	}

	/**
	 * Return the class that the object of a bean has or will have. It may be the class of
	 * a proxy. Does not create the bean.
	 * @param beanFactory the beans
	 * @param name the name of the bean
	 * @return the class, or {@code null} if it is unknown
	 */
	static @Nullable Class<?> beanClass(ConfigurableListableBeanFactory beanFactory, String name) {
		Class<?> type = beanFactory.getType(name, false);
		if (type == null || isProxy(type) || !(beanFactory instanceof AbstractBeanFactory factory)
				|| beanFactory.containsSingleton(name)) {
			return type;
		}
		for (BeanPostProcessor processor : factory.getBeanPostProcessors()) {
			Class<?> determined = (processor instanceof SmartInstantiationAwareBeanPostProcessor smart)
					? smart.determineBeanType(type, name) : type;
			if (isProxy(determined)) {
				// Later processors do not know the class
				return determined;
			}
		}
		return type;
	}

	static boolean isProxy(Class<?> type) {
		return SpringProxy.class.isAssignableFrom(type);
	}

	/**
	 * Return the reason why a method cannot be called through an object of a class.
	 * @param method the method
	 * @param type the class, possibly that of a proxy
	 * @return the property of the method that prevents the call, or {@code null} if the
	 * method can be called
	 */
	static @Nullable String obstacle(Method method, Class<?> type) {
		if (!isProxy(type) || method.getDeclaringClass().isInterface()) {
			return null;
		}
		int modifiers = method.getModifiers();
		if (Modifier.isFinal(modifiers)) {
			return "final";
		}
		if (Modifier.isStatic(modifiers)) {
			return "static";
		}
		if (Modifier.isPrivate(modifiers)) {
			return "private";
		}
		boolean visible = Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
		return (visible || isInSamePackage(method.getDeclaringClass(), type)) ? null : "not visible to the proxy";
	}

	private static boolean isInSamePackage(Class<?> declaring, Class<?> proxy) {
		return declaring.getPackageName().equals(proxy.getPackageName())
				&& declaring.getClassLoader() == proxy.getClassLoader();
	}

}
