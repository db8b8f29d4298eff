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

package io.nexios.ws.autoconfigure.redis;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.redis.script.ScriptedRedis;
import io.nexios.ws.testsupport.HttpUser;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SecuredApplication;
import io.nexios.ws.testsupport.TestServer;
import io.nexios.ws.testsupport.redis.FaultProxy;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.ticket.HandshakeTickets;
import io.nexios.ws.ticket.TicketLogin;
import jakarta.servlet.http.HttpServletRequest;
import org.awaitility.Awaitility;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Nodes with Spring Security and one Redis, whose users get tickets. They are a Redis
 * user who may do what a node has to.
 *
 * @author Nexios Team
 */
final class TicketNodes implements AutoCloseable {

	private final RedisServer redis = RedisServer.configure().withUser("node", ScriptedRedis.RULES).start();

	private final FaultProxy proxy = FaultProxy.to(this.redis.port());

	private final List<TestServer> nodes = new ArrayList<>();

	static TicketNodes start(int count, Class<?>... configurations) {
		TicketNodes nodes = new TicketNodes();
		for (int i = 0; i < count; i++) {
			nodes.add("nx", configurations);
		}
		return nodes;
	}

	/**
	 * Start one more node.
	 * @param prefix the prefix of its keys
	 * @param configurations further configuration classes
	 * @return the node
	 */
	TestServer add(String prefix, Class<?>... configurations) {
		List<Class<?>> all = Stream
			.concat(Stream.of(SecuredApplication.class, Application.class, Tickets.class), Stream.of(configurations))
			.toList();
		String user = prefix.equals("nx") ? "node" : "default";
		TestServer node = TestServer.start(all, TestServer.WITH_SPRING_SECURITY, "nexios.ws.redis.enabled=true",
				"nexios.ws.redis.key-prefix=" + prefix, "nexios.ws.security.close-on-token-expiry=true",
				"logging.level.io.lettuce=error", "spring.data.redis.host=127.0.0.1",
				"spring.data.redis.port=" + this.proxy.port(), "spring.data.redis.username=" + user,
				"spring.data.redis.password=any");
		this.nodes.add(node);
		awaitUp(node);
		return node;
	}

	private static void awaitUp(TestServer node) {
		Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.until(() -> node.bean(GroupBroker.class).state().equals(BrokerState.UP));
	}

	void awaitUp() {
		this.nodes.forEach(TicketNodes::awaitUp);
	}

	/**
	 * End all connections to Redis, and refuse others.
	 */
	void leaveRedis() {
		this.proxy.refuse();
		this.proxy.cut();
		this.nodes.forEach((node) -> Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.until(() -> node.bean(GroupBroker.class).state().level() == BrokerState.Level.DOWN));
	}

	/**
	 * Let the nodes connect to Redis again.
	 */
	void findRedis() {
		this.proxy.accept();
	}

	RedisServer redis() {
		return this.redis;
	}

	HandshakeTickets tickets(int node) {
		return this.nodes.get(node).bean(HandshakeTickets.class);
	}

	HttpUser user(int node) {
		return new HttpUser(this.nodes.get(node).port());
	}

	/**
	 * Issue a ticket for a user who sends the password along and has no session.
	 * @param node the node
	 * @param user the name of the user
	 * @return the ticket
	 */
	String ticket(int node, String user) {
		return user(node).post("/ticket", "", HttpUser.basic(user).split(": ")).body();
	}

	RawWs send(int node, String ticket) {
		return this.nodes.get(node).handshake("/open/me?ticket=" + ticket).send();
	}

	int status(int node, String ticket) {
		try (RawWs client = send(node, ticket)) {
			return client.status();
		}
	}

	/**
	 * Open a connection with a ticket.
	 * @param node the node
	 * @param ticket the ticket
	 * @param user what the handler has to say of its user
	 * @return the client
	 */
	RawWs connect(int node, String ticket, String user) {
		RawWs client = this.nodes.get(node).connect("/open/me?ticket=" + ticket);
		client.expectText(user);
		return client;
	}

	@Override
	public void close() {
		this.nodes.forEach(TestServer::close);
		this.proxy.close();
		this.redis.close();
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		WSRouter me(HandshakeTickets tickets) {
			return new WSRouter().addWsRoute("/open/me", (ws) -> serve(ws, tickets));
		}

		private static void serve(WebSocket ws, HandshakeTickets tickets) throws Exception {
			TicketLogin login = tickets.redeem(ws.queryParam("ticket")).orElse(null);
			if (login == null) {
				ws.reject(HttpStatus.UNAUTHORIZED);
				return;
			}
			ws.accept((acceptance) -> acceptance.principal(login));
			ws.sendText(ws.principal().getName() + " " + authorities());
			ws.texts().forEach(ws::sendText);
		}

		private static String authorities() {
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			return authentication.getAuthorities()
				.stream()
				.map(GrantedAuthority::getAuthority)
				.filter((authority) -> authority.startsWith("ROLE_"))
				.sorted()
				.collect(Collectors.joining(","));
		}

	}

	@RestController
	static class Tickets {

		private final HandshakeTickets tickets;

		private final ApplicationEventPublisher events;

		Tickets(HandshakeTickets tickets, ApplicationEventPublisher events) {
			this.tickets = tickets;
			this.events = events;
		}

		@PostMapping("/ticket")
		String ticket(Principal user) {
			return this.tickets.issue(user);
		}

		@PostMapping("/forget")
		void forget(Authentication authentication) {
			this.events.publishEvent(new LogoutSuccessEvent(authentication));
		}

		@PostMapping("/change")
		void change(HttpServletRequest request) {
			request.changeSessionId();
		}

	}

}
