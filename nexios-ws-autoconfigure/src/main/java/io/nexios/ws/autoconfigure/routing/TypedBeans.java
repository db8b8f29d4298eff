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

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Looks up all beans of a type.
 *
 * @author Nexios Team
 */
final class TypedBeans {

	private TypedBeans() {
	}

	/**
	 * Return the beans by name, in the order of declaration. There are two differences to
	 * {@link ListableBeanFactory#getBeansOfType}. This method fails for a bean that is
	 * being created, instead of omitting it. It does not create a {@code FactoryBean} to
	 * get its type.
	 * @param <T> the type
	 * @param beanFactory the beans
	 * @param type the type
	 * @return the beans of that type
	 */
	static <T> Map<String, T> find(ListableBeanFactory beanFactory, Class<T> type) {
		Map<String, T> beans = new LinkedHashMap<>();
		for (String name : beanFactory.getBeanNamesForType(type, true, false)) {
			Object bean = beanFactory.getBean(name);
			// A bean method may return null
			if (type.isInstance(bean)) {
				beans.put(name, type.cast(bean));
			}
		}
		return beans;
	}

}
