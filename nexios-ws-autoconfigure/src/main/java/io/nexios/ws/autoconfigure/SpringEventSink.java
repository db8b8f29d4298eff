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

import java.util.Collection;
import java.util.ConcurrentModificationException;
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

	private final Map<Class<?>, Answer> answers = new ConcurrentHashMap<>();

	private final ConfigurableApplicationContext context;

	SpringEventSink(ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public boolean isListening(Class<?> eventType) {
		if (!(this.context instanceof AbstractApplicationContext abstractContext)) {
			return true;
		}
		Collection<ApplicationListener<?>> listeners = abstractContext.getApplicationListeners();
		Answer answer = this.answers.get(eventType);
		if (answer == null || answer.isOutdated(listeners.size())) {
			answer = new Answer(hasListener(eventType, listeners), listeners.size());
			this.answers.put(eventType, answer);
		}
		return answer.listening();
	}

	private boolean hasListener(Class<?> eventType, Collection<ApplicationListener<?>> listeners) {
		ResolvableType type = ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, eventType);
		try {
			return hasListenerBean(type) || listeners.stream()
				.filter((listener) -> !isOfSpring(listener))
				.anyMatch((listener) -> asGeneric(listener).supportsEventType(type));
		}
		catch (ConcurrentModificationException ex) {
			// One is being added: the next question gets the answer
			return true;
		}
	}

	/**
	 * Look for beans that declare to listen: lazy ones, which are no listeners yet, and
	 * lambda expressions, which do not tell what for.
	 * @param type the type of the event
	 * @return whether there is such a bean
	 */
	private boolean hasListenerBean(ResolvableType type) {
		ResolvableType listener = ResolvableType.forClassWithGenerics(ApplicationListener.class, type);
		return this.context.getBeanFactory().getBeanNamesForType(listener, true, false).length > 0;
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

	/**
	 * Whether anybody listens. That nobody does is true until there are other listeners.
	 *
	 * @param listening whether anybody listens
	 * @param listeners how many listeners there were
	 */
	private record Answer(boolean listening, int listeners) {

		boolean isOutdated(int listeners) {
			return !this.listening && this.listeners != listeners;
		}

	}

}
