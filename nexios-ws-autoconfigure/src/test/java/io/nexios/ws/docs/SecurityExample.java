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

import java.security.Principal;

import io.nexios.ws.WSRoute;
import io.nexios.ws.WebSocket;
import io.nexios.ws.ticket.HandshakeTickets;
import io.nexios.ws.ticket.TicketLogin;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The examples of the README for users and tokens.
 *
 * @author Nexios Team
 */
final class SecurityExample {

	private SecurityExample() {
	}

	/**
	 * The example for methods with conditions.
	 */
	static class Reports {

		// tag::authorize[]
		@WSRoute("/ws/reports")
		@PreAuthorize("hasRole('ADMIN')")
		void reports(WebSocket ws) {
			ws.accept();
			ws.sendText("For " + ws.principal().getName());
			ws.awaitDisconnect();
		}
		// end::authorize[]

	}

	/**
	 * The example for one-time tickets.
	 */
	// tag::ticket[]
	@RestController
	static class Orders {

		private final HandshakeTickets tickets;

		Orders(HandshakeTickets tickets) {
			this.tickets = tickets;
		}

		@PostMapping("/tickets")
		String ticket(Principal user) {
			return this.tickets.issue(user);
		}

		@WSRoute("/ws/orders")
		void orders(WebSocket ws) {
			TicketLogin login = this.tickets.redeem(ws.queryParam("ticket")).orElse(null);
			if (login == null) {
				ws.reject(HttpStatus.UNAUTHORIZED);
				return;
			}
			ws.accept((acceptance) -> acceptance.principal(login));
			ws.sendText("Orders of " + ws.principal().getName());
			ws.awaitDisconnect();
		}

	}
	// end::ticket[]

	/**
	 * The example for tokens in the subprotocol.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Tokens {

		// tag::subprotocol[]
		@Bean
		BearerTokenResolver bearerTokens() {
			BearerTokenResolver headers = new DefaultBearerTokenResolver();
			return (request) -> {
				String[] offered = StringUtils.tokenizeToStringArray(request.getHeader("Sec-WebSocket-Protocol"), ",");
				boolean isToken = offered.length == 2 && offered[0].equals("access_token");
				return isToken ? offered[1] : headers.resolve(request);
			};
		}

		@WSRoute("/ws/prices")
		void prices(WebSocket ws) {
			ws.accept("access_token");
			ws.sendText("Prices for " + ws.principal().getName());
			ws.awaitDisconnect();
		}
		// end::subprotocol[]

	}

}
