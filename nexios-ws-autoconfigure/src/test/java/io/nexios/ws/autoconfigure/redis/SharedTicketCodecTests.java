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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.WSRouter;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.autoconfigure.security.NexiosWsSecurityAutoConfiguration;
import io.nexios.ws.spi.TicketPrincipalCodec;
import io.nexios.ws.ticket.HandshakeTickets;
import io.nexios.ws.ticket.NamedPrincipalCodec;
import io.nexios.ws.ticket.TicketStore;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who decides what is kept of the user of a ticket.
 *
 * @author Nexios Team
 */
class SharedTicketCodecTests {

	private final Principal user = UsernamePasswordAuthenticationToken.authenticated("ann", null, List.of());

	private final WebApplicationContextRunner withoutStore = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(NexiosWsAutoConfiguration.class, NexiosWsSecurityAutoConfiguration.class))
		.withBean("chat", WSRouter.class, () -> new WSRouter("/ws").addWsRoute("/chat", (ws) -> ws.accept()));

	private final WebApplicationContextRunner runner = this.withoutStore.withBean(TicketStore.class, Store::new);

	@Test
	void userIsAnAuthenticationWithSpringSecurity() {
		this.runner.run((context) -> assertThat(redeemed(context.getBean(HandshakeTickets.class)))
			.isInstanceOf(UsernamePasswordAuthenticationToken.class));
	}

	@Test
	void userHasOnlyTheNameWithoutSpringSecurity() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(TicketPrincipalCodec.class)
				.getBean(HandshakeTickets.class)
				.satisfies((tickets) -> {
					Principal user = redeemed(tickets);
					assertThat(user).isEqualTo(new NamedPrincipalCodec().read(new NamedPrincipalCodec().write(user)));
					assertThat(user.getName()).isEqualTo("ann");
				}));
	}

	@Test
	void codecOfTheApplicationReplacesTheDefault() {
		this.runner.withBean("own", TicketPrincipalCodec.class, OwnCodec::new)
			.run((context) -> assertThat(context).hasSingleBean(TicketPrincipalCodec.class)
				.getBean(HandshakeTickets.class)
				.satisfies((tickets) -> assertThat(redeemed(tickets)).isEqualTo(new OwnUser("own ann"))));
	}

	@Test
	void userIsKeptAsItIsWithoutAStore() {
		this.withoutStore
			.run((context) -> assertThat(redeemed(context.getBean(HandshakeTickets.class))).isSameAs(this.user));
	}

	private Principal redeemed(HandshakeTickets tickets) {
		return tickets.redeem(tickets.issue(this.user)).orElseThrow().principal();
	}

	private record OwnUser(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

	private static final class OwnCodec implements TicketPrincipalCodec {

		@Override
		public String write(Principal principal) {
			return "own " + principal.getName();
		}

		@Override
		public Principal read(String text) {
			return new OwnUser(text);
		}

	}

	private static final class Store implements TicketStore {

		private final Map<String, String> tickets = new ConcurrentHashMap<>();

		@Override
		public CompletionStage<Void> put(String ticket, String content, Duration timeToLive) {
			this.tickets.put(ticket, content);
			return CompletableFuture.completedStage(null);
		}

		@Override
		public CompletionStage<Void> replace(String ticket, String content) {
			this.tickets.replace(ticket, content);
			return CompletableFuture.completedStage(null);
		}

		@Override
		public CompletionStage<Optional<String>> take(String ticket) {
			return CompletableFuture.completedStage(Optional.ofNullable(this.tickets.remove(ticket)));
		}

		@Override
		public CompletionStage<Void> remove(String ticket, Duration timeToLive) {
			this.tickets.remove(ticket);
			return CompletableFuture.completedStage(null);
		}

	}

}
