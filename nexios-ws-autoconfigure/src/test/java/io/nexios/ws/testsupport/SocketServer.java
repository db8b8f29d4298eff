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

package io.nexios.ws.testsupport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WSRouter;
import io.nexios.ws.server.RunningHandlers;
import io.nexios.ws.server.thread.ServerThreads;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.Assert;

/**
 * One {@link TestServer} for all tests of a class. It has a route {@value #ROUTE}, and
 * each test sets the handler of this route. After each test it makes sure that all
 * handlers have ended, and that none of them failed an assertion.
 *
 * @author Nexios Team
 */
public final class SocketServer implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

	/** The path of the route for {@link #serve(WSHandler)}. */
	public static final String ROUTE = "/t";

	private final List<Class<?>> configurations = new ArrayList<>(List.of(SlotConfiguration.class));

	private final List<String> properties = new ArrayList<>();

	private @Nullable TestServer server;

	/**
	 * Create a server.
	 * @param configurations configuration classes, which may have a {@link HandlerSlot}
	 * injected
	 */
	public SocketServer(Class<?>... configurations) {
		this.configurations.addAll(List.of(configurations));
	}

	/**
	 * Configure the application.
	 * @param properties properties, as in "nexios.ws.accept-timeout=1s"
	 * @return this server
	 */
	public SocketServer with(String... properties) {
		this.properties.addAll(List.of(properties));
		return this;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		List<Class<?>> configurations = new ArrayList<>(this.configurations);
		List<String> properties = new ArrayList<>(this.properties);
		OnUntestedTomcat untested = context.getRequiredTestClass().getAnnotation(OnUntestedTomcat.class);
		if (untested != null) {
			configurations.add(UntestedTomcatConfiguration.class);
			properties.addAll(List.of(untested.properties()));
		}
		this.server = TestServer.start(configurations, properties.toArray(String[]::new));
	}

	@Override
	public void afterEach(ExtensionContext context) {
		verifyHandlers();
		awaitHandlers();
	}

	/**
	 * Verify that the handlers of this test have ended, and that none of them failed an
	 * assertion.
	 */
	public void verifyHandlers() {
		slot().verifyAndClear();
	}

	// A handler's end is logged after its connection is closed, and must not be logged in
	// the next test
	private void awaitHandlers() {
		RunningHandlers handlers = new RunningHandlers(bean(ServerThreads.class));
		Awaitility.await("the end of all handlers")
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.until(handlers::haveEnded);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.server != null) {
			this.server.close();
		}
	}

	/**
	 * Let a handler serve the connections of this test.
	 * @param handler the handler
	 * @return what becomes of it
	 */
	public Outcome<@Nullable Void> serve(WSHandler handler) {
		return slot().<@Nullable Void>fill((ws) -> {
			handler.handle(ws);
			return null;
		});
	}

	/**
	 * Let a handler that returns something serve the connections of this test.
	 * @param <T> what it returns to the test
	 * @param handling the handler
	 * @return what becomes of it
	 */
	public <T extends @Nullable Object> Outcome<T> evaluate(Outcome.Handling<T> handling) {
		return slot().fill(handling);
	}

	/**
	 * Prepare a handshake with the route of {@link #serve(WSHandler)}.
	 * @return the handshake
	 */
	public RawHandshake handshake() {
		return handshake(ROUTE);
	}

	public RawHandshake handshake(String target) {
		return server().handshake(target);
	}

	/**
	 * Open a connection to the route of {@link #serve(WSHandler)}.
	 * @return the client, accepted
	 */
	public RawWs connect() {
		return connect(ROUTE);
	}

	public RawWs connect(String target, String... headers) {
		return server().connect(target, headers);
	}

	public int port() {
		return server().port();
	}

	public <T> T bean(Class<T> type) {
		return server().bean(type);
	}

	private HandlerSlot slot() {
		return server().bean(HandlerSlot.class);
	}

	private TestServer server() {
		Assert.state(this.server != null, "The server has not started");
		return this.server;
	}

	@Configuration(proxyBeanMethods = false)
	static class SlotConfiguration {

		@Bean
		HandlerSlot handlerSlot() {
			return new HandlerSlot();
		}

		@Bean
		WSRouter slotRouter(HandlerSlot slot) {
			return new WSRouter().addWsRoute(ROUTE, slot);
		}

	}

}
