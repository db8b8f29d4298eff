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

package io.nexios.ws.docs;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WSMiddleware;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDecorator;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * The examples of the README for handshakes, routes and middleware.
 *
 * @author Nexios Team
 */
class HandshakeExample {

	// tag::handshake[]
	void room(WebSocket ws) {
		if (ws.queryParam("ticket") == null) {
			ws.reject(ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, "A ticket is needed"));
			return;
		}
		ws.accept((acceptance) -> acceptance.header("X-Room", ws.pathParam("room")));
		ws.sendJson(ws.pathParams());
		ws.awaitDisconnect();
	}
	// end::handshake[]

	/**
	 * The example for routers in routers.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Routers {

		// tag::routers[]
		@Bean
		WSRouter api() {
			WSMiddleware members = (ws, next) -> {
				if (ws.principal() == null) {
					ws.reject(HttpStatus.UNAUTHORIZED);
					return;
				}
				next.handle(ws);
			};
			WSRouter orders = new WSRouter("/orders").addWsRoute("/{id:int}", (ws) -> {
				ws.accept();
				ws.sendText("Order " + ws.pathParam("id", Integer.class));
			});
			return new WSRouter("/api").addWsMiddleware(members).mountRouter(orders);
		}
		// end::routers[]

	}

	/**
	 * The example for middleware that wraps connections.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Decorators {

		// tag::decorator[]
		@Bean
		WSMiddleware emphatic() {
			return (ws, next) -> next.handle(new Emphatic(ws));
		}

		class Emphatic extends WebSocketDecorator {

			Emphatic(WebSocket delegate) {
				super(delegate);
			}

			@Override
			public void send(WSMessage message) {
				super.send((message instanceof WSMessage.Text text) ? new WSMessage.Text(text.text() + "!") : message);
			}

		}
		// end::decorator[]

	}

}
