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

import io.nexios.ws.server.connection.EventSink;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Publishes to the application context what somebody listens to, there or in a parent.
 * Spring and Spring Boot have listeners for every event of all, which do not count:
 * otherwise there would always be one.
 *
 * @author Nexios Team
 */
final class SpringEventSink implements EventSink {

	private final Map<Class<?>, Answer> answers = new ConcurrentHashMap<>();

	private final ConfigurableApplicationContext context;

	// Where an event goes: to the context and to its parents
	private final List<AbstractApplicationContext> reached = new ArrayList<>();

	private final boolean alwaysListening;

	SpringEventSink(ConfigurableApplicationContext context) {
		this.context = context;
		ApplicationContext next = context;
		while (next instanceof AbstractApplicationContext abstractContext) {
			this.reached.add(abstractContext);
			next = abstractContext.getParent();
		}
		// One that does not tell
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
			// One is being added: the next question gets the answer
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
	 * Look for beans that declare to listen: lazy ones, which are no listeners yet, and
	 * lambda expressions, which do not tell what for.
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
