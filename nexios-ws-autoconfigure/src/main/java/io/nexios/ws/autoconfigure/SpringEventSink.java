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

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.server.lifecycle.EventSink;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Publishes events to the application context if the context or a parent has a listener.
 * Listeners of Spring and Spring Boot for all events do not count, because otherwise
 * there would always be a listener.
 *
 * @author Nexios Team
 */
final class SpringEventSink implements EventSink {

	private final Map<Class<?>, Answer> answers = new ConcurrentHashMap<>();

	private final ConfigurableApplicationContext context;

	// The contexts that an event reaches: the context and its parents
	private final List<AbstractApplicationContext> reached = new ArrayList<>();

	private final boolean alwaysListening;

	SpringEventSink(ConfigurableApplicationContext context) {
		this.context = context;
		ApplicationContext next = context;
		while (next instanceof AbstractApplicationContext abstractContext) {
			this.reached.add(abstractContext);
			next = abstractContext.getParent();
		}
		// A parent that does not expose its listeners
		this.alwaysListening = next != null;
	}

	@Override
	public boolean isListening(Class<?> eventType) {
		if (this.alwaysListening) {
			return true;
		}
		int listeners = countListeners();
		Answer answer = this.answers.get(eventType);
		if (answer == null || answer.isOutdated(listeners)) {
			answer = new Answer(hasListener(eventType), listeners);
			this.answers.put(eventType, answer);
		}
		return answer.listening();
	}

	private int countListeners() {
		int listeners = 0;
		for (AbstractApplicationContext context : this.reached) {
			listeners += context.getApplicationListeners().size();
		}
		return listeners;
	}

	private boolean hasListener(Class<?> eventType) {
		ResolvableType type = ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, eventType);
		try {
			return this.reached.stream().anyMatch((context) -> hasListener(type, context));
		}
		catch (ConcurrentModificationException ex) {
			// A listener is being added. The next call gets the answer
			return true;
		}
	}

	private static boolean hasListener(ResolvableType type, AbstractApplicationContext context) {
		return hasListenerBean(type, context) || context.getApplicationListeners()
			.stream()
			.filter((listener) -> !isOfSpring(listener))
			.anyMatch((listener) -> asGeneric(listener).supportsEventType(type));
	}

	/**
	 * Look for beans whose declared type is a listener. This finds lazy beans, which are
	 * not listeners yet, and lambda expressions, which do not have the event type.
	 * @param type the type of the event
	 * @param context the context of the beans
	 * @return whether there is such a bean
	 */
	private static boolean hasListenerBean(ResolvableType type, AbstractApplicationContext context) {
		ResolvableType listener = ResolvableType.forClassWithGenerics(ApplicationListener.class, type);
		return context.getBeanFactory().getBeanNamesForType(listener, true, false).length > 0;
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
	 * Whether there is a listener. The answer "no" is valid until the number of listeners
	 * changes.
	 *
	 * @param listening whether there is a listener
	 * @param listeners the number of listeners at that time
	 */
	private record Answer(boolean listening, int listeners) {

		boolean isOutdated(int listeners) {
			return !this.listening && this.listeners != listeners;
		}

	}

}
