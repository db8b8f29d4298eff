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

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import io.nexios.ws.WSRoute;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.testsupport.HttpUser;
import io.nexios.ws.testsupport.Outcome;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SecuredApplication;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections behind Spring Security.
 *
 * @author Nexios Team
 */
@ExtendWith(OutputCaptureExtension.class)
class SpringSecuritySocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(SecuredApplication.class, Application.class)
		.with(TestServer.WITH_SPRING_SECURITY);

	private static final Queue<String> ends = new ConcurrentLinkedQueue<>();

	@Test
	void strangerIs401BeforeTheHandlerIsAsked() {
		Outcome<?> outcome = server.serve(WebSocket::accept);
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(401);
			assertThat(outcome.calls()).isZero();
		}
	}

	@Test
	void wrongPasswordIs401() {
		try (RawWs client = server.handshake().headers(HttpUser.basic("eve")).send()) {
			assertThat(client.status()).isEqualTo(401);
		}
	}

	@Test
	void userWithoutTheRoleOfThePathIs403() {
		try (RawWs client = server.handshake("/admin/news").headers(HttpUser.basic("bob")).send()) {
			assertThat(client.status()).isEqualTo(403);
		}
		try (RawWs client = server.connect("/admin/news", HttpUser.basic("ann"))) {
			client.expectText("ann");
		}
	}

	@Test
	void userOfTheRequestIsThePrincipal() {
		server.serve((ws) -> {
			ws.accept();
			ws.sendText(String.valueOf((ws.principal() instanceof Authentication user) ? user.getName() : null));
		});
		try (RawWs client = server.connect(SocketServer.ROUTE, HttpUser.basic("bob"))) {
			client.expectText("bob");
		}
	}

	@Test
	void userWhoHasLoggedInIsThePrincipal() {
		server.serve((ws) -> {
			ws.accept();
			ws.sendText(currentUser());
		});
		HttpUser ann = new HttpUser(server.port()).logIn("ann");
		try (RawWs client = server.connect(SocketServer.ROUTE, ann.cookie())) {
			client.expectText("ann");
		}
	}

	@Test
	void handlerHasTheAuthenticationBeforeAndAfterAccepting() {
		Outcome<List<String>> outcome = server.evaluate((ws) -> {
			String before = currentUser();
			ws.accept();
			ws.receiveText();
			return List.of(before, currentUser());
		});
		try (RawWs client = server.connect(SocketServer.ROUTE, HttpUser.basic("bob"))) {
			client.sendText("go on");
			assertThat(outcome.get()).containsExactly("bob", "bob");
		}
	}

	@Test
	void strangerOnAnOpenPathIsAnonymous() {
		try (RawWs client = server.connect("/open/news")) {
			client.expectText("anonymousUser");
		}
	}

	@Test
	void consumerHasTheAuthenticationInAllCallbacks() {
		ends.clear();
		try (RawWs client = server.connect("/consumer", HttpUser.basic("bob"))) {
			client.expectText("connected bob");
			client.sendText("hello");
			client.expectText("hello bob");
		}
		Awaitility.await().untilAsserted(() -> assertThat(ends).containsExactly("bob"));
	}

	@Test
	void manyUsersAtATimeNeverSeeEachOther() {
		List<RawWs> clients = IntStream.range(0, 60)
			.mapToObj((i) -> server.connect("/consumer", HttpUser.basic((i % 2 == 0) ? "ann" : "bob")))
			.toList();
		for (int round = 0; round < 20; round++) {
			clients.forEach((client) -> client.sendText("hello"));
		}
		for (int i = 0; i < clients.size(); i++) {
			String user = (i % 2 == 0) ? "ann" : "bob";
			clients.get(i).expectText("connected " + user);
			for (int round = 0; round < 20; round++) {
				clients.get(i).expectText("hello " + user);
			}
			clients.get(i).close();
		}
	}

	@Test
	void methodDecidesWhoConnects() {
		try (RawWs client = server.handshake("/method").headers(HttpUser.basic("bob")).send()) {
			assertThat(client.status()).isEqualTo(403);
		}
		try (RawWs client = server.connect("/method", HttpUser.basic("ann"))) {
			client.expectText("ann");
		}
	}

	@Test
	void methodAsksStrangersToLogIn() {
		try (RawWs client = server.handshake("/open/method").send()) {
			assertThat(client.status()).isEqualTo(401);
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { FinalMethod.class, FinalCallback.class })
	void conditionThatWouldBeSkippedFailsTheStart(Class<?> type) {
		FailureAnalysis failure = TestServer.failToStart(List.of(SecuredApplication.class, type),
				TestServer.WITH_SPRING_SECURITY);
		assertThat(failure.getDescription()).contains("is final", "@PreAuthorize");
	}

	@Test
	void consumerDecidesWhoConnects() {
		try (RawWs client = server.handshake("/guarded").headers(HttpUser.basic("bob")).send()) {
			assertThat(client.status()).isEqualTo(403);
		}
	}

	@Test
	void messageThatIsForbiddenClosesWith1008AndSaysNoMore(CapturedOutput output) {
		try (RawWs client = server.connect("/receiving", HttpUser.basic("bob"))) {
			client.sendText("secret-message");
			assertThat(client.expectClose(1008)).isEqualTo("Access denied");
		}
		assertThat(output).doesNotContain("failed").doesNotContain("secret-message");
	}

	@Test
	void messageThatIsAllowedIsReceived() {
		try (RawWs client = server.connect("/receiving", HttpUser.basic("ann"))) {
			client.sendText("hello");
			client.expectText("hello");
		}
	}

	@Test
	void handlerThatIsDeniedSomethingAfterAcceptingClosesWith1008() {
		Administration administration = server.bean(Administration.class);
		server.serve((ws) -> {
			ws.accept();
			administration.shutDown();
		});
		try (RawWs client = server.connect(SocketServer.ROUTE, HttpUser.basic("bob"))) {
			assertThat(client.expectClose(1008)).isEqualTo("Access denied");
		}
	}

	private static String currentUser() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null) ? authentication.getName() : "nobody";
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Guarded.class, GuardedReceiving.class })
	static class Application {

		@Bean
		WSRouter news() {
			return new WSRouter().addWsRoute("/admin/news", Application::tellUser)
				.addWsRoute("/open/news", Application::tellUser)
				.addWsRoute(WebSocketConsumer.asRoute("/consumer", UserConsumer::new));
		}

		private static void tellUser(WebSocket ws) {
			ws.accept();
			ws.sendText(currentUser());
		}

		@Bean
		GuardedMethods guardedMethods() {
			return new GuardedMethods();
		}

		@Bean
		Administration administration() {
			return new Administration();
		}

	}

	static class GuardedMethods {

		@WSRoute({ "/method", "/open/method" })
		@PreAuthorize("hasRole('ADMIN')")
		void serve(WebSocket ws) {
			Application.tellUser(ws);
		}

	}

	static class FinalMethod {

		@WSRoute("/method")
		@PreAuthorize("hasRole('ADMIN')")
		final void serve(WebSocket ws) {
			Application.tellUser(ws);
		}

	}

	@WSRoute("/guarded")
	static class FinalCallback extends WebSocketConsumer<String> {

		@Override
		@PreAuthorize("hasRole('ADMIN')")
		protected final void onReceive(WebSocket ws, String text) {
			ws.sendText(text);
		}

	}

	static class Administration {

		@PreAuthorize("hasRole('ADMIN')")
		void shutDown() {
		}

	}

	static class UserConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onConnect(WebSocket ws) {
			String user = currentUser();
			ws.accept();
			ws.sendText("connected " + user);
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

	@WSRoute("/guarded")
	static class Guarded extends WebSocketConsumer<String> {

		@Override
		@PreAuthorize("hasRole('ADMIN')")
		protected void onConnect(WebSocket ws) {
			ws.accept();
		}

	}

	@WSRoute("/receiving")
	static class GuardedReceiving extends WebSocketConsumer<String> {

		private @Nullable String first;

		@Override
		@PreAuthorize("hasRole('ADMIN')")
		protected void onReceive(WebSocket ws, String text) {
			this.first = text;
			ws.sendText(this.first);
		}

	}

}
