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
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AuthenticationCodec} and {@link TicketDetails}.
 *
 * @author Nexios Team
 */
class AuthenticationCodecTests {

	private static final List<GrantedAuthority> AUTHORITIES = AuthorityUtils.createAuthorityList("ROLE_ADMIN",
			"SCOPE_\u00fc \"x\"");

	private final AuthenticationCodec codec = new AuthenticationCodec();

	@Test
	void authenticationIsReadWithItsNameAndItsAuthorities() {
		User user = new User("ann", "secret", AUTHORITIES);
		String text = this.codec.write(UsernamePasswordAuthenticationToken.authenticated(user, "secret", AUTHORITIES));
		assertThat(text).doesNotContain("secret");
		assertThat(this.codec.read(text)).isInstanceOfSatisfying(UsernamePasswordAuthenticationToken.class, (read) -> {
			assertThat(read.isAuthenticated()).isTrue();
			assertThat(read.getPrincipal()).isEqualTo("ann");
			assertThat(read.getName()).isEqualTo("ann");
			assertThat(read.getCredentials()).isNull();
			assertThat(read.getAuthorities()).isEqualTo(AUTHORITIES);
		});
	}

	@Test
	void tokenIsReadWithoutItsValue() {
		JwtAuthenticationToken token = jwt("secret");
		String text = this.codec.write(token);
		assertThat(text).doesNotContain("secret");
		assertThat(this.codec.read(text)).isInstanceOf(UsernamePasswordAuthenticationToken.class)
			.satisfies((read) -> assertThat(read.getName()).isEqualTo("ann"));
	}

	@Test
	void rememberedUserStaysOne() {
		Authentication remembered = new RememberMeAuthenticationToken("key", "ann", AUTHORITIES);
		assertThat(this.codec.read(this.codec.write(remembered))).isInstanceOfSatisfying(
				RememberMeAuthenticationToken.class,
				(read) -> assertThat(read.getAuthorities()).isEqualTo(AUTHORITIES));
	}

	@Test
	void userWhoIsNotAuthenticatedIsRefused() {
		Authentication anonymous = new AnonymousAuthenticationToken("key", "anonymousUser", AUTHORITIES);
		Authentication unauthenticated = UsernamePasswordAuthenticationToken.unauthenticated("ann", "secret");
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.write(anonymous));
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.write(unauthenticated));
	}

	@Test
	void authorityWithoutTextIsNotKept() {
		GrantedAuthority complex = () -> null;
		Authentication user = new TestingAuthenticationToken("ann", null, List.of(complex, AUTHORITIES.get(0)));
		assertThat(this.codec.read(this.codec.write(user))).isInstanceOfSatisfying(Authentication.class,
				(read) -> assertThat(read.getAuthorities()).extracting(GrantedAuthority::getAuthority)
					.containsExactly("ROLE_ADMIN"));
	}

	@Test
	void otherPrincipalKeepsItsName() {
		Principal read = this.codec.read(this.codec.write(() -> "ann"));
		assertThat(read).isNotInstanceOf(Authentication.class).extracting(Principal::getName).isEqualTo("ann");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "null", "{\"kind\":\"authenticated\"}",
			"{\"kind\":\"authenticated\",\"name\":\"ann\"}", "{\"kind\":\"authenticated\",\"authorities\":[]}",
			"{\"kind\":\"java\",\"name\":\"ann\",\"authorities\":[]}" })
	void otherTextIsNotRead(String text) {
		assertThat(this.codec.read(text)).isNull();
	}

	@Test
	void loginIsThatOfTheToken() {
		Authentication read = (Authentication) this.codec.read(this.codec.write(jwt("one")));
		TicketDetails details = (TicketDetails) read.getDetails();
		assertThat(details.isLoginOf(jwt("one"))).isTrue();
		assertThat(details.isLoginOf(jwt("two"))).isFalse();
		assertThat(details.isLoginOf(new TestingAuthenticationToken("ann", null))).isFalse();
	}

	@Test
	void loginWithoutATokenIsThatOfAllWithoutOne() {
		Authentication ann = new TestingAuthenticationToken("ann", null, AUTHORITIES);
		Authentication read = (Authentication) this.codec.read(this.codec.write(ann));
		TicketDetails details = (TicketDetails) read.getDetails();
		assertThat(details.isLoginOf(ann)).isTrue();
		assertThat(details.isLoginOf(jwt("one"))).isFalse();
	}

	private static JwtAuthenticationToken jwt(String value) {
		Jwt jwt = Jwt.withTokenValue(value)
			.header("alg", "none")
			.subject("ann")
			.expiresAt(Instant.parse("2026-01-01T00:00:00Z"))
			.build();
		return new JwtAuthenticationToken(jwt, AUTHORITIES);
	}

}
