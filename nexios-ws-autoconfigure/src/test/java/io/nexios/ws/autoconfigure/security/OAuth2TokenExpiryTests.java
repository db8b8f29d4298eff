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

import java.time.Instant;

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OAuth2TokenExpiry}.
 *
 * @author Nexios Team
 */
class OAuth2TokenExpiryTests {

	private final OAuth2TokenExpiry expiry = new OAuth2TokenExpiry();

	@Test
	void tokenTellsWhenItExpires() {
		Instant expiresAt = Instant.ofEpochSecond(7);
		assertThat(this.expiry.expiresAt(new TestingAuthenticationToken("ann", token(expiresAt)))).isEqualTo(expiresAt);
	}

	@Test
	void tokenThatNeverExpiresTellsNothing() {
		assertThat(this.expiry.expiresAt(new TestingAuthenticationToken("ann", token(null)))).isNull();
	}

	@Test
	void otherCredentialsDoNotExpire() {
		assertThat(this.expiry.expiresAt(new TestingAuthenticationToken("ann", "password"))).isNull();
	}

	@Test
	void userOfAnotherKindDoesNotExpire() {
		assertThat(this.expiry.expiresAt(() -> "ann")).isNull();
	}

	private static OAuth2AccessToken token(Instant expiresAt) {
		return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "token", Instant.EPOCH, expiresAt);
	}

}
