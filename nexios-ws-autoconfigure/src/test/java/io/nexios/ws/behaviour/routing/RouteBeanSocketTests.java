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

package io.nexios.ws.behaviour.routing;

import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WSRoute;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Routes that are declared as beans or as methods of beans.
 *
 * @author Nexios Team
 */
class RouteBeanSocketTests {

	@Test
	void routerAloneSuffices() {
		expectGreeting(RouterAlone.class, "/greet");
	}

	@Test
	void routeBeanAloneSuffices() {
		expectGreeting(RouteAlone.class, "/greet");
	}

	@Test
	void routeMethodAloneSuffices() {
		expectGreeting(MethodAlone.class, "/greet");
	}

	private void expectGreeting(Class<?> configuration, String path) {
		try (TestServer server = TestServer.start(configuration); RawWs client = server.connect(path)) {
			client.expectText("hello");
			client.expectClose(1000);
		}
	}

	@ParameterizedTest
	@CsvSource({ "/first, many", "/second, many", "/protected, protected", "/private/7, package-private 7",
			"/inherited, inherited", "/onConfiguration, configuration" })
	void methodsOfAllKindsAreRoutes(String path, String expected) {
		try (TestServer server = TestServer.start(ManyMethods.class); RawWs client = server.connect(path)) {
			client.expectText(expected);
		}
	}

	@Test
	void methodIsCalledThroughTheProxyOfItsBean() {
		try (TestServer server = TestServer.start(Proxied.class)) {
			AtomicInteger calls = server.bean(AtomicInteger.class);
			for (int i = 1; i <= 2; i++) {
				try (RawWs client = server.connect("/greet")) {
					client.expectText("hello");
					assertThat(calls).hasValue(i);
				}
			}
		}
	}

	@Test
	void exceptionOfMethodIsThatOfTheHandler() {
		try (TestServer server = TestServer.start(Failing.class)) {
			try (RawWs client = server.handshake("/fail").send()) {
				assertThat(client.status()).isEqualTo(403);
			}
			try (RawWs client = server.connect("/failLater")) {
				assertThat(client.expectClose(4007)).isEqualTo("failed");
			}
		}
	}

	@Test
	void lazyBeanIsCreatedByItsFirstConnection() {
		LazyGreeter.created.set(0);
		try (TestServer server = TestServer.start(LazyBean.class)) {
			assertThat(LazyGreeter.created).hasValue(0);
			try (RawWs client = server.connect("/greet")) {
				client.expectText("hello");
			}
			assertThat(LazyGreeter.created).hasValue(1);
		}
	}

	@Test
	void applicationMayBeLazyAltogether() {
		try (TestServer server = TestServer.start(RouterAlone.class, "spring.main.lazy-initialization=true");
				RawWs client = server.connect("/greet")) {
			client.expectText("hello");
		}
	}

	private static void greet(WebSocket ws) {
		ws.accept();
		ws.sendText("hello");
	}

	@Configuration(proxyBeanMethods = false)
	static class RouterAlone {

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/greet", RouteBeanSocketTests::greet);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RouteAlone {

		@Bean
		WebSocketRoute route() {
			return new WebSocketRoute("/greet", RouteBeanSocketTests::greet);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MethodAlone {

		@Bean
		Greeter greeter() {
			return new Greeter();
		}

	}

	static class Greeter {

		@WSRoute("/greet")
		void handle(WebSocket ws) {
			greet(ws);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyBean {

		@Bean
		@Lazy
		LazyGreeter greeter() {
			return new LazyGreeter();
		}

	}

	static class LazyGreeter extends Greeter {

		private static final AtomicInteger created = new AtomicInteger();

		LazyGreeter() {
			created.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ManyMethods {

		@Bean
		Methods methods() {
			return new Methods();
		}

		@WSRoute("/onConfiguration")
		void onConfiguration(WebSocket ws) {
			ws.accept();
			ws.sendText("configuration");
		}

	}

	static class BaseMethods {

		@WSRoute("/inherited")
		void inherited(WebSocket ws) {
			ws.accept();
			ws.sendText("inherited");
		}

	}

	static class Methods extends BaseMethods {

		@WSRoute({ "/first", "/second" })
		void many(WebSocket ws) {
			ws.accept();
			ws.sendText("many");
		}

		@WSRoute("/protected")
		protected void visible(WebSocket ws) {
			ws.accept();
			ws.sendText("protected");
		}

		@WSRoute("/private/{id:int}")
		void hidden(WebSocket ws) {
			ws.accept();
			ws.sendText("package-private " + ws.pathParams().get("id"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxied {

		@Bean
		AtomicInteger calls() {
			return new AtomicInteger();
		}

		@Bean
		Greeter greeter(AtomicInteger calls) {
			ProxyFactory factory = new ProxyFactory(new Greeter());
			factory.setProxyTargetClass(true);
			factory.addAdvice((MethodInterceptor) (invocation) -> {
				calls.incrementAndGet();
				return invocation.proceed();
			});
			return (Greeter) factory.getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@WSRoute("/fail")
		void fail(WebSocket ws) throws Exception {
			throw new WebSocketException(4007, "failed");
		}

		@WSRoute("/failLater")
		void failLater(WebSocket ws) throws Exception {
			ws.accept();
			throw new WebSocketException(4007, "failed");
		}

	}

}
