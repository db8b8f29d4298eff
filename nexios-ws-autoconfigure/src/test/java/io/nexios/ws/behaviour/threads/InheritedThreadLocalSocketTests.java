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

package io.nexios.ws.behaviour.threads;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketConnectedEvent;
import io.nexios.ws.WebSocketDisconnectedEvent;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A value that a filter sets in an {@link InheritableThreadLocal} stays on the threads of
 * the container. Threads that this library starts do not inherit it.
 *
 * @author Nexios Team
 */
class InheritedThreadLocalSocketTests {

	private static final InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();

	private static final Queue<String> seen = new ConcurrentLinkedQueue<>();

	@RegisterExtension
	static final SocketServer server = new SocketServer(Application.class);

	@BeforeEach
	void forget() {
		seen.clear();
	}

	@Test
	void handlersSeeTheTenantOfNobody() {
		for (String name : new String[] { "blue", "green" }) {
			Outcome<String> outcome = server.evaluate((ws) -> {
				ws.accept();
				ws.receiveText();
				return String.valueOf(tenant.get());
			});
			try (RawWs client = server.connect(SocketServer.ROUTE, "X-Tenant: " + name)) {
				client.sendText("hello");
				client.expectClose(1000);
				assertThat(outcome.get()).isEqualTo("null");
			}
		}
	}

	@Test
	void consumersAndListenersSeeTheTenantOfNobody() {
		for (String name : new String[] { "blue", "green" }) {
			try (RawWs client = server.connect("/consumer", "X-Tenant: " + name)) {
				client.expectText("connected null");
				client.sendText("hello");
				client.expectText("received null");
				client.leave();
			}
		}
		Awaitility.await().until(() -> seen.size() >= 8);
		assertThat(seen).containsOnly("disconnected null", "closed null", "connected event null",
				"disconnected event null");
	}

	@Test
	void messageToAGroupMakesNoThreadInherit() {
		ChannelBox channels = server.bean(ChannelBox.class);
		server.serve((ws) -> {
			ws.accept();
			channels.addChannelToGroup(Channel.of(ws), "group");
			ws.sendText("joined");
			ws.receiveText();
			ws.sendText(String.valueOf(tenant.get()));
		});
		try (RawWs client = server.connect(SocketServer.ROUTE, "X-Tenant: blue")) {
			client.expectText("joined");
			tenant.set("publisher");
			channels.groupSend("group", "all");
			client.expectText("\"all\"");
			client.sendText("hello");
			client.expectText("null");
			client.expectClose(1000);
		}
		finally {
			tenant.remove();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		OncePerRequestFilter tenants() {
			return new OncePerRequestFilter() {

				@Override
				protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response,
						FilterChain chain) throws ServletException, IOException {
					tenant.set(request.getHeader("X-Tenant"));
					try {
						chain.doFilter(request, response);
					}
					finally {
						tenant.remove();
					}
				}

			};
		}

		@Bean
		WebSocketRoute consumer() {
			return WebSocketConsumer.asRoute("/consumer", TellingConsumer::new);
		}

		@Bean
		Listener listener() {
			return new Listener();
		}

	}

	static class TellingConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onConnect(WebSocket ws) {
			ws.closed().thenRun(() -> seen.add("closed " + tenant.get()));
			ws.accept();
			ws.sendText("connected " + tenant.get());
		}

		@Override
		protected void onReceive(WebSocket ws, String text) {
			ws.sendText("received " + tenant.get());
		}

		@Override
		protected void onDisconnect(WebSocket ws, int code) {
			seen.add("disconnected " + tenant.get());
		}

	}

	static class Listener {

		@EventListener
		void connected(WebSocketConnectedEvent event) {
			seen.add("connected event " + tenant.get());
		}

		@EventListener
		void disconnected(WebSocketDisconnectedEvent event) {
			seen.add("disconnected event " + tenant.get());
		}

	}

}
