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

package io.nexios.ws.autoconfigure.security;

import java.security.Principal;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.server.connection.ConnectionInfo;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.limit.Refusal;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.testsupport.HandlerSlot;
import io.nexios.ws.testsupport.HttpUser;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SecuredApplication;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import io.nexios.ws.ticket.HandshakeTickets;
import io.nexios.ws.ticket.TicketLogin;
import jakarta.servlet.http.HttpServletRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.WebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Users who come with a ticket and not with the request.
 *
 * @author Nexios Team
 */
class LateLoginSocketTests {

	private static final String OPEN = "/open/t";

	private static final Queue<String> ends = new ConcurrentLinkedQueue<>();

	@RegisterExtension
	static final SocketServer server = new SocketServer(SecuredApplication.class, Application.class, Tickets.class)
		.with(TestServer.WITH_SPRING_SECURITY, "nexios.ws.limits.connections-per-user=2");

	private final HttpUser ann = new HttpUser(server.port()).logIn("ann");

	@Test
	void userOfTheTicketIsTheUserOfTheConnection() {
		Outcome<List<String>> outcome = server.evaluate((ws) -> {
			String before = ws.principal() + " " + currentUser();
			accept(ws);
			WebSocketSession session = ws.unwrap(WebSocketSession.class);
			return List.of(before, ws.principal().getName() + " " + (ws.principal() instanceof Authentication),
					session.getPrincipal().getName(), currentUser(), info(ws).principal().getName());
		});
		try (RawWs client = handshake(ticket(this.ann)).connect()) {
			assertThat(outcome.get()).containsExactly("null anonymousUser", "ann true", "ann", "ann", "ann");
		}
	}

	@Test
	void consumerHasTheUserOfTheTicketInAllCallbacks() {
		ends.clear();
		try (RawWs client = server.connect("/open/consumer?ticket=" + ticket(this.ann))) {
			client.expectText("anonymousUser ann");
			client.sendText("hello");
			client.expectText("hello ann");
		}
		Awaitility.await().untilAsserted(() -> assertThat(ends).containsExactly("ann"));
	}

	@Test
	void logoutClosesTheConnection() {
		serveEcho();
		HttpUser elsewhere = new HttpUser(server.port()).logIn("ann");
		try (RawWs leaving = open(ticket(this.ann)); RawWs staying = open(ticket(elsewhere))) {
			this.ann.post("/logout", "");
			assertThat(leaving.expectClose(1008)).isEqualTo("Session ended");
			staying.sendText("still there");
			staying.expectText("still there");
		}
	}

	@Test
	void logoutOfASessionThatHasChangedItsIdClosesTheConnection() {
		serveEcho();
		String early = ticket(this.ann);
		this.ann.post("/change", "");
		try (RawWs first = open(early)) {
			this.ann.post("/change", "");
			this.ann.post("/logout", "");
			first.expectClose(1008);
		}
	}

	@Test
	void logoutWithoutASessionClosesTheConnection() {
		serveEcho();
		try (RawWs bob = open(ticketOfBob())) {
			this.ann.post("/logout", "");
			bob.sendText("still there");
			bob.expectText("still there");
			new HttpUser(server.port()).post("/forget", "", basic("bob"));
			bob.expectClose(1008);
		}
	}

	@Test
	void ticketIsVoidAfterItsLogout() {
		serveEcho();
		String inSession = ticket(this.ann);
		String sessionless = ticketOfBob();
		this.ann.post("/logout", "");
		new HttpUser(server.port()).post("/forget", "", basic("bob"));
		expectStatus(handshake(inSession), 401);
		expectStatus(handshake(sessionless), 401);
	}

	@Test
	void logoutWhileTheHandlerDecidesIs401() throws Exception {
		CountDownLatch redeemed = new CountDownLatch(1);
		CountDownLatch loggedOut = new CountDownLatch(1);
		Outcome<?> outcome = server.serve((ws) -> {
			TicketLogin login = redeem(ws);
			redeemed.countDown();
			assertThat(loggedOut.await(10, TimeUnit.SECONDS)).isTrue();
			ws.accept((acceptance) -> acceptance.principal(login));
		});
		RawHandshake handshake = handshake(ticket(this.ann));
		Thread logout = new Thread(() -> {
			awaitQuietly(redeemed);
			this.ann.post("/logout", "");
			loggedOut.countDown();
		});
		logout.start();
		expectStatus(handshake, 401);
		assertThat(outcome.thrown()).isInstanceOf(WebSocketDisconnect.class);
		logout.join();
	}

	@Test
	void connectionsOfTheUserAreLimitedWhateverWayTheyCome() {
		server.bean(Refusals.class).seen.clear();
		serveEcho();
		try (RawWs first = connectSoon(ticket(this.ann));
				RawWs second = server.connect("/open/t?plain", HttpUser.basic("ann"))) {
			Outcome<?> third = server.serve(LateLoginSocketTests::accept);
			try (RawWs client = handshake(ticket(this.ann)).send()) {
				assertThat(client.status()).isEqualTo(429);
				assertThat(client.header("Retry-After")).isEqualTo("1");
				assertThat(client.body()).contains("\"detail\":\"Too many connections of this user\"");
			}
			assertThat(third.thrown()).isInstanceOf(WebSocketDisconnect.class);
			expectStatus(server.handshake().headers(HttpUser.basic("ann")), 429);
			assertThat(server.bean(Refusals.class).seen).containsExactly(Refusal.USER_CONNECTIONS,
					Refusal.USER_CONNECTIONS);
			serveEcho();
			try (RawWs bob = open(ticketOfBob())) {
				first.leave();
				try (RawWs again = connectSoon(ticket(this.ann))) {
					again.sendText("room");
					again.expectText("room");
				}
			}
		}
	}

	@Test
	void noMoreThanTheLimitGetInAtOnce() {
		serveEcho();
		List<String> tickets = IntStream.range(0, 12).mapToObj((i) -> ticket(this.ann)).toList();
		connectSoon(ticket(this.ann)).close();
		List<RawWs> clients = tickets.parallelStream().map((ticket) -> handshake(ticket).send()).toList();
		try {
			List<Integer> statuses = clients.stream().map(RawWs::status).sorted().toList();
			assertThat(statuses.stream().filter((status) -> status == 101)).hasSizeBetween(1, 2);
			assertThat(statuses.stream().filter((status) -> status != 101)).containsOnly(429);
		}
		finally {
			clients.forEach(RawWs::close);
		}
	}

	@Test
	void userOfTheRequestIsNotReplaced() {
		Outcome<String> outcome = server.evaluate((ws) -> {
			assertThatIllegalStateException().isThrownBy(() -> accept(ws)).withMessageContaining("has a user already");
			ws.accept();
			return ws.principal().getName() + " " + currentUser();
		});
		try (RawWs client = server.connect(OPEN + "?ticket=" + ticket(this.ann), HttpUser.basic("bob"))) {
			assertThat(outcome.get()).isEqualTo("bob bob");
		}
	}

	@Test
	void anyPrincipalCanBeTheUser() {
		Outcome<String> outcome = server.evaluate((ws) -> {
			ws.accept((acceptance) -> acceptance.principal(() -> "carol"));
			return ws.principal().getName() + " " + currentUser();
		});
		try (RawWs client = server.connect(OPEN)) {
			assertThat(outcome.get()).isEqualTo("carol anonymousUser");
		}
	}

	@Test
	void acceptingOnceMoreIsRefusedAsEver() {
		Outcome<?> outcome = server.serve((ws) -> {
			accept(ws);
			assertThatIllegalStateException()
				.isThrownBy(() -> ws.accept((acceptance) -> acceptance.principal(() -> "eve")))
				.withMessageContaining("accept() was called already");
			assertThat(ws.principal().getName()).isEqualTo("ann");
		});
		try (RawWs client = handshake(ticket(this.ann)).connect()) {
			outcome.get();
		}
	}

	private static void serveEcho() {
		server.serve((ws) -> {
			if (ws.queryParam("plain") != null) {
				ws.accept();
			}
			else if (!tryAccept(ws)) {
				return;
			}
			ws.texts().forEach(ws::sendText);
		});
	}

	private static boolean tryAccept(WebSocket ws) {
		TicketLogin login = server.bean(HandshakeTickets.class).redeem(ws.queryParam("ticket")).orElse(null);
		if (login == null) {
			ws.reject(HttpStatus.UNAUTHORIZED);
			return false;
		}
		ws.accept((acceptance) -> acceptance.principal(login));
		return true;
	}

	private static void accept(WebSocket ws) {
		TicketLogin login = redeem(ws);
		ws.accept((acceptance) -> acceptance.principal(login));
	}

	private static TicketLogin redeem(WebSocket ws) {
		return server.bean(HandshakeTickets.class).redeem(ws.queryParam("ticket")).orElseThrow();
	}

	private static ConnectionInfo info(WebSocket ws) {
		return server.bean(ConnectionRegistry.class).info(ws.id());
	}

	private static String ticket(HttpUser user) {
		return user.post("/ticket", "").body();
	}

	private static String ticketOfBob() {
		return new HttpUser(server.port()).post("/ticket", "", basic("bob")).body();
	}

	private static String[] basic(String user) {
		return HttpUser.basic(user).split(": ");
	}

	private static RawHandshake handshake(String ticket) {
		return server.handshake(OPEN + "?ticket=" + ticket);
	}

	private static RawWs open(String ticket) {
		RawWs client = handshake(ticket).connect();
		client.sendText("open");
		client.expectText("open");
		return client;
	}

	/**
	 * Connect as soon as connections that have ended no longer count.
	 */
	private RawWs connectSoon(String first) {
		String[] ticket = { first };
		return Awaitility.await("room for one more").atMost(RawWs.TIMEOUT).until(() -> {
			RawWs client = handshake(ticket[0]).send();
			if (client.status() == 101) {
				return client;
			}
			client.close();
			ticket[0] = ticket(this.ann);
			return null;
		}, (client) -> client != null);
	}

	private static void expectStatus(RawHandshake handshake, int status) {
		try (RawWs client = handshake.send()) {
			assertThat(client.status()).isEqualTo(status);
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String currentUser() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null) ? authentication.getName() : "nobody";
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		WSRouter open(HandlerSlot slot) {
			WSHandler handler = slot;
			return new WSRouter().addWsRoute(OPEN, handler)
				.addWsRoute(WebSocketConsumer.asRoute("/open/consumer", TicketConsumer::new));
		}

		@Bean
		Refusals refusals() {
			return new Refusals();
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

	static class Refusals implements ServerObserver {

		private final Queue<Refusal> seen = new ConcurrentLinkedQueue<>();

		@Override
		public void handshakeRefused(Refusal refusal) {
			this.seen.add(refusal);
		}

	}

	static class TicketConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onConnect(WebSocket ws) {
			String before = currentUser();
			accept(ws);
			ws.sendText(before + " " + currentUser());
		}

		@Override
		protected void onReceive(WebSocket ws, String text) {
			ws.sendText(text + " " + currentUser());
		}

		@Override
		protected void onDisconnect(WebSocket ws, int code) {
			ends.add(currentUser());
		}

	}

}
