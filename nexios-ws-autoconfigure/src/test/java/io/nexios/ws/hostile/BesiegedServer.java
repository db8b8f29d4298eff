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

package io.nexios.ws.hostile;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.util.Assert;

/**
 * A server that each test attacks. A {@link Bystander} is connected all the time. After
 * each test the bystander must still be served. The server must have released all
 * resources of the attack, and must have logged no error.
 *
 * @author Nexios Team
 */
final class BesiegedServer implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

	private final SocketServer server;

	private final ErrorLog errors = new ErrorLog();

	private @Nullable Bystander bystander;

	private @Nullable Resources resources;

	BesiegedServer(Class<?>... configurations) {
		Class<?>[] all = new Class<?>[configurations.length + 1];
		all[0] = Bystander.Served.class;
		System.arraycopy(configurations, 0, all, 1, configurations.length);
		this.server = new SocketServer(all);
	}

	BesiegedServer with(String... properties) {
		this.server.with(properties);
		return this;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		this.server.beforeAll(context);
		this.bystander = Bystander.connect(this.server);
		this.resources = new Resources(this.server.bean(OpenConnections.class), this.bystander);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.errors.start();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		try {
			bystander().verify();
			this.server.verifyHandlers();
			resources().awaitBaseline();
		}
		finally {
			this.errors.stopAndVerify();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.bystander != null) {
			this.bystander.leave();
		}
		this.server.afterAll(context);
	}

	Outcome<@Nullable Void> serve(WSHandler handler) {
		return this.server.serve(handler);
	}

	Outcome<@Nullable Void> serveEcho() {
		return serve(BesiegedServer::echo);
	}

	static void echo(WebSocket ws) {
		ws.accept();
		ws.messages().forEach(ws::send);
	}

	<T extends @Nullable Object> Outcome<T> evaluate(Outcome.Handling<T> handling) {
		return this.server.evaluate(handling);
	}

	RawHandshake handshake() {
		return this.server.handshake();
	}

	RawHandshake handshake(String target) {
		return this.server.handshake(target);
	}

	RawWs connect() {
		return this.server.connect();
	}

	int port() {
		return this.server.port();
	}

	<T> T bean(Class<T> type) {
		return this.server.bean(type);
	}

	/**
	 * Expect that the bystander and a new client are served now.
	 */
	void verifyOthersAreServed() {
		bystander().verify();
		try (RawWs other = RawWs.handshake(port(), Bystander.ROUTE).connect()) {
			other.sendText("somebody new");
			other.expectText("somebody new");
			other.leave();
		}
	}

	/**
	 * Expect that the heap holds no more than it did before the tests.
	 * @param bytes what it may hold in addition
	 */
	void verifyHeapHasNotGrownBy(long bytes) {
		resources().verifyHeapHasNotGrownBy(bytes);
	}

	/**
	 * Wait until the server has closed the sockets of clients that have not closed
	 * theirs.
	 * @param clients how many clients
	 */
	void awaitGivenUp(int clients) {
		resources().awaitGivenUp(clients);
	}

	private Bystander bystander() {
		Assert.state(this.bystander != null, "The server has not started");
		return this.bystander;
	}

	private Resources resources() {
		Assert.state(this.resources != null, "The server has not started");
		return this.resources;
	}

}
