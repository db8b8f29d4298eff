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
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

import io.nexios.ws.spi.TicketPrincipalCodec;
import io.nexios.ws.ticket.NamedPrincipalCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.util.Assert;

/**
 * Keeps the name and the authorities of an {@link Authentication}. What is read must not
 * allow more than what was written. So a user who is only remembered stays one, and a
 * user who is anonymous or not authenticated gets no ticket. Authorities without a text
 * are not kept.
 *
 * @author Nexios Team
 */
final class AuthenticationCodec implements TicketPrincipalCodec {

	private static final String KIND = "kind";

	private static final String AUTHENTICATED = "authenticated";

	private static final String REMEMBERED = "remembered";

	private static final String NAME = "name";

	private static final String AUTHORITIES = "authorities";

	private static final String TOKEN = "token";

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final NamedPrincipalCodec others = new NamedPrincipalCodec();

	@Override
	public String write(Principal principal) {
		return (principal instanceof Authentication authentication) ? write(authentication)
				: this.others.write(principal);
	}

	private String write(Authentication authentication) {
		Assert.isTrue(this.trust.isAuthenticated(authentication), "A user who is not authenticated can have no ticket");
		Assert.notNull(authentication.getName(), "A user without a name can have no ticket");
		ObjectNode kept = JsonMapper.shared()
			.createObjectNode()
			.put(KIND, this.trust.isRememberMe(authentication) ? REMEMBERED : AUTHENTICATED)
			.put(NAME, authentication.getName());
		ArrayNode authorities = kept.putArray(AUTHORITIES);
		authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.filter(Objects::nonNull)
			.forEach(authorities::add);
		String token = TicketDetails.of(authentication).token();
		return ((token != null) ? kept.put(TOKEN, token) : kept).toString();
	}

	@Override
	public @Nullable Principal read(String text) {
		JsonNode kept = JsonMapper.shared().readTree(text);
		String name = kept.path(NAME).stringValue(null);
		boolean remembered = REMEMBERED.equals(kept.path(KIND).stringValue(null));
		if (!remembered && !AUTHENTICATED.equals(kept.path(KIND).stringValue(null))) {
			return this.others.read(text);
		}
		if (name == null || !kept.path(AUTHORITIES).isArray()) {
			return null;
		}
		AbstractAuthenticationToken authentication = authentication(remembered, name,
				authorities(kept.path(AUTHORITIES)));
		authentication.setDetails(new TicketDetails(kept.path(TOKEN).stringValue(null)));
		return authentication;
	}

	private static AbstractAuthenticationToken authentication(boolean remembered, String name,
			Collection<GrantedAuthority> authorities) {
		// The key matters only to who authenticates
		return remembered ? new RememberMeAuthenticationToken(REMEMBERED, name, authorities)
				: UsernamePasswordAuthenticationToken.authenticated(name, null, authorities);
	}

	private static List<GrantedAuthority> authorities(JsonNode kept) {
		return StreamSupport.stream(kept.spliterator(), false)
			.<GrantedAuthority>map((authority) -> new SimpleGrantedAuthority(authority.stringValue()))
			.toList();
	}

}
