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

import io.nexios.ws.WSRoute;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.consumer.WebSocketConsumer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A route of every kind, each of which accepts: {@code /router}, {@code /router/nested},
 * {@code /bean}, {@code /factory}, {@code /method} and {@code /consumer}.
 *
 * @author Nexios Team
 */
@Configuration(proxyBeanMethods = false)
@Import(AllKindsOfRoutes.ConsumerRoute.class)
public class AllKindsOfRoutes {

	@Bean
	WSRouter router() {
		return new WSRouter("/router").addWsRoute("", WebSocket::accept)
			.mountRouter(new WSRouter("/nested").addWsRoute("", WebSocket::accept));
	}

	@Bean
	WebSocketRoute route() {
		return new WebSocketRoute("/bean", WebSocket::accept);
	}

	@Bean
	WebSocketRoute factoryRoute() {
		return WebSocketConsumer.asRoute("/factory", ConsumerRoute::new);
	}

	@Bean
	MethodRoute methodRoute() {
		return new MethodRoute();
	}

	static class MethodRoute {

		@WSRoute("/method")
		void method(WebSocket ws) {
			ws.accept();
		}

	}

	@WSRoute("/consumer")
	static class ConsumerRoute extends WebSocketConsumer<String> {

	}

}
