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
import java.util.Map;

import io.nexios.ws.consumer.WebSocketConsumer;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Registers reflection hints for native images: for {@link io.nexios.ws.WSRoute @WSRoute}
 * methods, and for the types that consumers receive. The types that handlers send or
 * receive cannot be detected here.
 *
 * @author Nexios Team
 */
final class RouteAotProcessor implements BeanFactoryInitializationAotProcessor {

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		Map<String, Class<?>> beans = AnnotatedBeans.find(beanFactory);
		if (beans.isEmpty()) {
			return null;
		}
		return (context, code) -> beans.values()
			.forEach((type) -> register(context.getRuntimeHints().reflection(), type));
	}

	private void register(ReflectionHints hints, Class<?> type) {
		hints.registerType(type);
		AnnotatedBeans.methods(type).forEach((method) -> registerMethod(hints, method));
		if (ConsumerBeans.isConsumer(type)) {
			registerMessages(hints, ResolvableType.forClass(WebSocketConsumer.class, type).getGeneric());
		}
	}

	private static void registerMethod(ReflectionHints hints, Method method) {
		hints.registerMethod(method, ExecutableMode.INVOKE);
		// A JDK proxy has the interface method instead
		hints.registerMethod(ClassUtils.getInterfaceMethodIfPossible(method, null), ExecutableMode.INVOKE);
	}

	private void registerMessages(ReflectionHints hints, ResolvableType messages) {
		Class<?> type = messages.resolve();
		if (type != null) {
			this.bindings.registerReflectionHints(hints, messages.getType());
			registerSubclasses(hints, type);
		}
	}

	// Jackson finds the subtypes of a sealed type by itself
	private void registerSubclasses(ReflectionHints hints, Class<?> type) {
		Class<?>[] permitted = type.getPermittedSubclasses();
		if (permitted != null) {
			this.bindings.registerReflectionHints(hints, permitted);
			Arrays.stream(permitted).forEach((subclass) -> registerSubclasses(hints, subclass));
		}
	}

}
