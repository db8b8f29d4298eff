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

package io.nexios.ws.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.server.EventSink;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Publishes to the application context what one of its listeners asks for. Spring and
 * Spring Boot have listeners for every event of all, which do not count: otherwise there
 * would always be one.
 *
 * @author Nexios Team
 */
final class SpringEventSink implements EventSink {

	private final Map<Class<?>, Boolean> listening = new ConcurrentHashMap<>();

	private final ConfigurableApplicationContext context;

	SpringEventSink(ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public boolean isListening(Class<?> eventType) {
		return this.listening.computeIfAbsent(eventType, this::hasListener);
	}

	private boolean hasListener(Class<?> eventType) {
		if (!(this.context instanceof AbstractApplicationContext abstractContext)) {
			return true;
		}
		ResolvableType type = ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, eventType);
		return abstractContext.getApplicationListeners()
			.stream()
			.filter((listener) -> !isOfSpring(listener))
			.anyMatch((listener) -> asGeneric(listener).supportsEventType(type));
	}

	private static boolean isOfSpring(ApplicationListener<?> listener) {
		return listener.getClass().getName().startsWith("org.springframework.")
				&& !(listener instanceof GenericApplicationListener);
	}

	private static GenericApplicationListener asGeneric(ApplicationListener<?> listener) {
		return (listener instanceof GenericApplicationListener generic) ? generic
				: new GenericApplicationListenerAdapter(listener);
	}

	@Override
	public void publish(Object event) {
		this.context.publishEvent(event);
	}

}
