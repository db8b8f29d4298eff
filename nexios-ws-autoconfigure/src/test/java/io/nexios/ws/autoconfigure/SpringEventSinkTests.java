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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WebSocketConnectedEvent;
import io.nexios.ws.WebSocketDisconnectedEvent;
import io.nexios.ws.WebSocketDrainEvent;
import io.nexios.ws.channel.GroupJoinedEvent;
import io.nexios.ws.channel.GroupLeftEvent;
import io.nexios.ws.server.lifecycle.EventSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the detection of listeners.
 *
 * @author Nexios Team
 */
class SpringEventSinkTests {

	@Test
	void nobodyListensInAnApplicationWithoutListeners() {
		SpringApplication application = new SpringApplication(OtherListeners.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		try (ConfigurableApplicationContext context = application.run("--spring.main.banner-mode=off",
				"--logging.level.root=warn")) {
			EventSink sink = new SpringEventSink(context);
			assertThat(sink.isListening(WebSocketConnectedEvent.class)).isFalse();
			assertThat(sink.isListening(WebSocketDisconnectedEvent.class)).isFalse();
			assertThat(sink.isListening(GroupJoinedEvent.class)).isFalse();
			assertThat(sink.isListening(GroupLeftEvent.class)).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Annotated.class, OfAnything.class, BeanOfClass.class, ForPayload.class, LazyBean.class,
			OfAllEvents.class })
	void everyKindOfListenerCounts(Class<?> configuration) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(configuration)) {
			EventSink sink = new SpringEventSink(context);
			assertThat(sink.isListening(GroupJoinedEvent.class)).isTrue();
			assertThat(sink.isListening(GroupJoinedEvent.class)).isTrue();
		}
	}

	@Test
	void listenerOfOneEventIsNoListenerOfAnother() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Annotated.class)) {
			assertThat(new SpringEventSink(context).isListening(GroupLeftEvent.class)).isFalse();
		}
	}

	@Test
	void listenerThatIsAddedLaterCounts() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
				OtherListeners.class)) {
			EventSink sink = new SpringEventSink(context);
			assertThat(sink.isListening(GroupJoinedEvent.class)).isFalse();
			context.addApplicationListener(new JoinListener());
			assertThat(sink.isListening(GroupJoinedEvent.class)).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Annotated.class, OfAnything.class, BeanOfClass.class, ForPayload.class, LazyBean.class,
			OfAllEvents.class })
	void listenerInAParentCounts(Class<?> configuration) {
		try (AnnotationConfigApplicationContext root = new AnnotationConfigApplicationContext(configuration);
				GenericApplicationContext parent = child(root);
				GenericApplicationContext context = child(parent)) {
			assertThat(new SpringEventSink(context).isListening(GroupJoinedEvent.class)).isTrue();
		}
	}

	@Test
	void listenerInAChildDoesNotCountAsItGetsNothing() {
		try (GenericApplicationContext context = new AnnotationConfigApplicationContext(OtherListeners.class);
				AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
			child.setParent(context);
			child.register(Annotated.class);
			child.refresh();
			assertThat(new SpringEventSink(context).isListening(GroupJoinedEvent.class)).isFalse();
		}
	}

	@Test
	void listenerThatIsAddedToAParentLaterCounts() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(OtherListeners.class);
				GenericApplicationContext context = child(parent)) {
			EventSink sink = new SpringEventSink(context);
			assertThat(sink.isListening(GroupJoinedEvent.class)).isFalse();
			parent.addApplicationListener(new JoinListener());
			assertThat(sink.isListening(GroupJoinedEvent.class)).isTrue();
		}
	}

	@Test
	void eventReachesTheListenerInAParentOnce() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(Counting.class);
				GenericApplicationContext context = child(parent)) {
			new SpringEventSink(context).publish(new WebSocketDrainEvent(Duration.ofSeconds(1)));
			assertThat(parent.getBean(Counting.class).drains).hasValue(1);
		}
	}

	private static GenericApplicationContext child(ApplicationContext parent) {
		GenericApplicationContext context = new GenericApplicationContext(parent);
		context.refresh();
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	static class Counting {

		final AtomicInteger drains = new AtomicInteger();

		@EventListener
		void drains(WebSocketDrainEvent event) {
			this.drains.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherListeners {

		@EventListener
		void refreshed(ContextRefreshedEvent event) {
		}

		@EventListener
		void text(String event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Annotated {

		@EventListener
		void joined(GroupJoinedEvent event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfAnything {

		@EventListener
		void anything(Object event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BeanOfClass {

		@Bean
		JoinListener listener() {
			return new JoinListener();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ForPayload {

		@Bean
		ApplicationListener<PayloadApplicationEvent<GroupJoinedEvent>> listener() {
			return ApplicationListener.forPayload((event) -> {
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyBean {

		@Bean
		@Lazy
		JoinListener listener() {
			return new JoinListener();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfAllEvents {

		@Bean
		CatchAll listener() {
			return new CatchAll();
		}

	}

	static class CatchAll implements ApplicationListener<ApplicationEvent> {

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
		}

	}

	static class JoinListener implements ApplicationListener<PayloadApplicationEvent<GroupJoinedEvent>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<GroupJoinedEvent> event) {
		}

	}

}
