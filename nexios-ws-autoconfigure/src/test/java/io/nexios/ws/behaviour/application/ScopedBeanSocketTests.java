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

package io.nexios.ws.behaviour.application;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.ScopeNotActiveException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.annotation.RequestScope;
import org.springframework.web.context.annotation.SessionScope;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Request- and session-scoped beans in handlers and consumers.
 *
 * @author Nexios Team
 */
class ScopedBeanSocketTests {

	private static final int CLIENTS = 4;

	private static final int ROUNDS = 15;

	@RegisterExtension
	static final SocketServer server = new SocketServer(Application.class);

	private final Visit visit = server.bean(Visit.class);

	private final Basket basket = server.bean(Basket.class);

	private final Journal journal = server.bean(Journal.class);

	@Test
	void handlerHasTheBeanThatAFilterHasFilled() {
		Outcome<@Nullable String> outcome = server.evaluate((ws) -> {
			String tenant = this.visit.tenant();
			ws.accept();
			return tenant;
		});
		try (RawWs client = server.connect(SocketServer.ROUTE, "X-Tenant: acme")) {
			client.expectClose(1000);
			assertThat(outcome.get()).isEqualTo("acme");
		}
	}

	@Test
	void beanThatAHandlerCreatesIsTheSameUntilTheDecisionAndThenDestroyedOnce() {
		Outcome<String> outcome = server.evaluate((ws) -> {
			String id = this.visit.id();
			assertThat(this.visit.id()).isEqualTo(id);
			ws.accept();
			return id;
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			expectDestroyedOnce(outcome.get());
		}
	}

	@Test
	void beanIsDestroyedOnceIfTheHandshakeIsRejected() {
		Outcome<String> outcome = server.evaluate((ws) -> {
			String id = this.visit.id();
			ws.reject(HttpStatus.CONFLICT);
			expectEnded(this.visit::id);
			return id;
		});
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(409);
			expectDestroyedOnce(outcome.get());
		}
	}

	@Test
	void beanIsDestroyedOnceIfTheHandlerTakesTooLong() {
		try (TestServer impatient = TestServer.start(List.of(Application.class, Racing.class),
				"nexios.ws.accept-timeout=300ms");
				RawWs client = impatient.handshake("/race").header("X-Tenant", "acme").send()) {
			assertThat(client.status()).isEqualTo(503);
			Racing.Result result = impatient.bean(Racing.Result.class);
			await().until(() -> result.ended.get() == 1);
			Journal journal = impatient.bean(Journal.class);
			await().until(() -> !journal.destroyed.isEmpty());
			assertThat(journal.destroyed).hasSameElementsAs(journal.created).hasSize(1);
		}
	}

	private void expectDestroyedOnce(String id) {
		await().until(() -> this.journal.destroyed.contains(id));
		// The next request of this kind comes after everything that the last request left
		server.serve(WebSocket::accept);
		server.connect().close();
		assertThat(this.journal.destroyed).containsOnlyOnce(id);
	}

	@Test
	void beansSayThatTheirScopesHaveEndedOnceTheConnectionIsOpen() {
		server.serve((ws) -> {
			this.visit.id();
			this.basket.add("apple");
			ws.accept();
			expectEnded(this.visit::id);
			expectEnded(() -> this.basket.add("pear"));
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
		}
	}

	@Test
	void beanIsNeverCreatedAfterTheDecision() {
		int before = this.journal.created.size();
		server.serve((ws) -> {
			ws.accept();
			expectEnded(this.visit::id);
		});
		try (RawWs client = server.connect()) {
			client.expectClose(1000);
			assertThat(this.journal.created).hasSize(before);
		}
	}

	@Test
	void sessionBeanIsThatOfTheSession() {
		server.serve((ws) -> {
			this.basket.add(ws.queryParam("item"));
			ws.accept((acceptance) -> acceptance.header("X-Basket", this.basket.items()));
		});
		String cookie;
		try (RawWs client = server.connect("/t?item=apple")) {
			assertThat(client.header("X-Basket")).isEqualTo("apple");
			cookie = client.header("Set-Cookie").split(";")[0];
		}
		try (RawWs client = server.connect("/t?item=pear", "Cookie: " + cookie)) {
			assertThat(client.header("X-Basket")).isEqualTo("apple pear");
		}
		try (RawWs client = server.connect("/t?item=plum")) {
			assertThat(client.header("X-Basket")).isEqualTo("plum");
		}
	}

	@Test
	void middlewareHasTheBeans() {
		try (RawWs client = server.connect("/middleware", "X-Tenant: acme")) {
			client.expectText("acme");
		}
	}

	@Test
	void consumerHasTheBeansWhenItConnectsOnly() {
		try (RawWs client = server.connect("/consumer", "X-Tenant: acme")) {
			client.expectText("acme");
			client.sendText("again");
			client.expectText("ended");
		}
	}

	@Test
	void nothingOfAHandlerIsLeftForTheNextOne() {
		for (int i = 0; i < 20; i++) {
			String tenant = "tenant" + i;
			Outcome<@Nullable String> outcome = server.evaluate((ws) -> {
				String seen = this.visit.tenant();
				ws.reject(HttpStatus.CONFLICT);
				return seen;
			});
			try (RawWs client = server.handshake().header("X-Tenant", tenant).send()) {
				assertThat(client.status()).isEqualTo(409);
				assertThat(outcome.get()).isEqualTo(tenant);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void timeoutThatRacesWithAccessesNeverShowsAnotherRequest(boolean virtualThreads) {
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try (TestServer racing = TestServer.start(List.of(Application.class, Racing.class),
				"nexios.ws.accept-timeout=5ms", "spring.threads.virtual.enabled=" + virtualThreads)) {
			CompletableFuture<?>[] races = IntStream.range(0, CLIENTS)
				.mapToObj((client) -> CompletableFuture.runAsync(() -> race(racing, client), clients))
				.toArray(CompletableFuture<?>[]::new);
			assertThat(CompletableFuture.allOf(races)).succeedsWithin(Duration.ofSeconds(40));
			Racing.Result result = racing.bean(Racing.Result.class);
			await().until(() -> result.ended.get() == result.started.get());
			assertThat(result.wrong).isEmpty();
			assertThat(result.started).hasValue(CLIENTS * ROUNDS);
			assertThat(racing.bean(Journal.class).destroyed).doesNotHaveDuplicates();
		}
		finally {
			clients.shutdownNow();
		}
	}

	private static void race(TestServer server, int client) {
		for (int i = 0; i < ROUNDS; i++) {
			// The container reuses the request of the connection before
			try (RawWs connection = server.handshake("/race").header("X-Tenant", client + "-" + i).send()) {
				assertThat(connection.status()).isEqualTo(503);
			}
		}
	}

	private static void expectEnded(Runnable access) {
		assertThatExceptionOfType(ScopeNotActiveException.class).isThrownBy(access::run)
			.havingCause()
			.withMessageContaining("the handshake is decided");
	}

	/**
	 * A bean of one request.
	 */
	static class Visit {

		private final String id = UUID.randomUUID().toString();

		private final @Nullable Journal journal;

		private volatile @Nullable String tenant;

		// For the proxy
		Visit() {
			this.journal = null;
		}

		Visit(Journal journal) {
			this.journal = journal;
			journal.created.add(this.id);
		}

		String id() {
			return this.id;
		}

		@Nullable String tenant() {
			return this.tenant;
		}

		void setTenant(String tenant) {
			this.tenant = tenant;
		}

		void destroy() {
			if (this.journal != null) {
				this.journal.destroyed.add(this.id);
			}
		}

	}

	/**
	 * A bean of one session.
	 */
	static class Basket {

		private final Queue<String> items = new ConcurrentLinkedQueue<>();

		void add(@Nullable String item) {
			this.items.add(String.valueOf(item));
		}

		String items() {
			return String.join(" ", this.items);
		}

	}

	static class Journal {

		final Queue<String> created = new ConcurrentLinkedQueue<>();

		final Queue<String> destroyed = new ConcurrentLinkedQueue<>();

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Journal journal() {
			return new Journal();
		}

		@Bean(destroyMethod = "destroy")
		@RequestScope
		Visit visit(Journal journal) {
			return new Visit(journal);
		}

		@Bean
		@SessionScope
		Basket basket() {
			return new Basket();
		}

		@Bean
		OncePerRequestFilter tenants(Visit visit) {
			return new OncePerRequestFilter() {

				@Override
				protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response,
						FilterChain chain) throws ServletException, IOException {
					String tenant = request.getHeader("X-Tenant");
					if (tenant != null) {
						visit.setTenant(tenant);
					}
					chain.doFilter(request, response);
				}

			};
		}

		@Bean
		WSRouter scoped(Visit visit) {
			return new WSRouter().addWsRoute("/middleware", WebSocket::awaitDisconnect, (ws, next) -> {
				String tenant = visit.tenant();
				ws.accept();
				ws.sendText(String.valueOf(tenant));
				next.handle(ws);
			}).addWsRoute(WebSocketConsumer.asRoute("/consumer", () -> new Remembering(visit)));
		}

	}

	static class Remembering extends WebSocketConsumer<String> {

		private final Visit visit;

		Remembering(Visit visit) {
			this.visit = visit;
		}

		@Override
		protected void onConnect(WebSocket ws) {
			String tenant = this.visit.tenant();
			ws.accept();
			ws.sendText(String.valueOf(tenant));
		}

		@Override
		protected void onReceive(WebSocket ws, String data) {
			expectEnded(this.visit::tenant);
			ws.sendText("ended");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Racing {

		@Bean
		Result result() {
			return new Result();
		}

		@Bean
		WSRouter racing(Visit visit, Result result) {
			return new WSRouter().addWsRoute("/race", (ws) -> {
				result.started.incrementAndGet();
				String mine = ws.headers().getFirst("X-Tenant");
				try {
					while (true) {
						String seen = visit.tenant();
						if (!String.valueOf(mine).equals(seen)) {
							result.wrong.add(mine + " saw " + seen);
						}
						// Handlers that spin would prevent other threads from running
						LockSupport.parkNanos(10_000);
					}
				}
				catch (ScopeNotActiveException ex) {
					result.ended.incrementAndGet();
				}
				catch (Throwable ex) {
					result.ended.incrementAndGet();
					result.wrong.add(ex.toString());
				}
			});
		}

		static class Result {

			final AtomicInteger started = new AtomicInteger();

			final AtomicInteger ended = new AtomicInteger();

			final Queue<String> wrong = new ConcurrentLinkedQueue<>();

		}

	}

}
