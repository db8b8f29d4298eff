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

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.util.ClassUtils;

/**
 * The details of a user who has come with the ticket of any node. They tell which login
 * it was, although the credentials were not kept.
 *
 * @param token the SHA-256 of the user's OAuth2 token, or {@code null} if the user had
 * none
 * @author Nexios Team
 */
record TicketDetails(@Nullable String token) implements Serializable {

	private static final boolean OAUTH2 = ClassUtils.isPresent(
			"org.springframework.security.oauth2.core.AbstractOAuth2Token", TicketDetails.class.getClassLoader());

	/**
	 * Describe a login.
	 * @param authentication the user
	 * @return the details
	 */
	static TicketDetails of(Authentication authentication) {
		String token = OAUTH2 ? OAuth2TokenExpiry.tokenValue(authentication) : null;
		return new TicketDetails((token != null) ? sha256(token) : null);
	}

	private static String sha256(String token) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return whether a user of the same name has the login with which the ticket was
	 * issued. Without a token, all logins of the user without a session are the same.
	 * @param leaving the user who logs out
	 * @return whether it is the same login
	 */
	boolean isLoginOf(Authentication leaving) {
		return Objects.equals(this.token, of(leaving).token());
	}

}
