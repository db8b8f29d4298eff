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

package io.nexios.ws.server.handshake;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.nexios.ws.Acceptance;
import io.nexios.ws.OverflowPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Collects and checks the settings that a handler asks for when it accepts.
 *
 * @author Nexios Team
 */
public final class AcceptanceSpec implements Acceptance {

	// Headers of the container, of one hop, and of a body, which a 101 does not have.
	// Containers omit them, write their own, or write both
	private static final Set<String> HANDSHAKE_HEADERS = Set.of("connection", "upgrade", "keep-alive",
			"proxy-connection", "te", "trailer", "transfer-encoding", "content-length", "content-type",
			"content-encoding", "content-language", "content-range", "date", "server");

	private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

	private final List<String> offered;

	private final @Nullable Principal requestPrincipal;

	private @Nullable HttpHeaders headers;

	private @Nullable String subprotocol;

	private int maxMessageSize;

	private OverflowPolicy overflow;

	private boolean discardInbound;

	private @Nullable Principal principal;

	public AcceptanceSpec(List<String> offered, @Nullable Principal requestPrincipal, int maxMessageSize,
			OverflowPolicy overflow) {
		this.offered = offered;
		this.requestPrincipal = requestPrincipal;
		this.maxMessageSize = maxMessageSize;
		this.overflow = overflow;
	}

	@Override
	public Acceptance subprotocol(String subprotocol) {
		// Without the subprotocols that it did offer: one may be a token, and the message
		// is logged
		Assert.isTrue(this.offered.contains(subprotocol),
				() -> "The client did not offer the subprotocol '" + subprotocol + "'");
		Assert.isTrue(isToken(subprotocol), "The subprotocol is not an HTTP token");
		this.subprotocol = subprotocol;
		return this;
	}

	@Override
	public Acceptance header(String name, String value) {
		Assert.isTrue(isToken(name), "The header's name is not an HTTP token");
		Assert.isTrue(!belongsToHandshake(name), () -> "The header '" + name + "' belongs to the handshake itself");
		Assert.isTrue(isFieldValue(value), () -> "The value of header '" + name
				+ "' has a control character, a character outside ISO 8859-1, or a space at its beginning or end");
		if (this.headers == null) {
			this.headers = new HttpHeaders();
		}
		this.headers.add(name, value);
		return this;
	}

	private static boolean isToken(@Nullable String name) {
		return name != null && !name.isEmpty() && name.chars()
			.allMatch((c) -> (c < 0x80 && Character.isLetterOrDigit(c)) || TOKEN_SYMBOLS.indexOf(c) >= 0);
	}

	private static boolean belongsToHandshake(String name) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		return HANDSHAKE_HEADERS.contains(lowerCase) || lowerCase.startsWith("sec-websocket-");
	}

	private static boolean isFieldValue(@Nullable String value) {
		return value != null && value.equals(value.strip())
				&& value.chars().noneMatch((c) -> (c < 0x20 && c != '\t') || c == 0x7f || c > 0xff);
	}

	@Override
	public Acceptance principal(Principal principal) {
		Assert.notNull(principal, "'principal' must not be null");
		Assert.state(this.requestPrincipal == null,
				"The request has a user already: check principal() before you set another user");
		this.principal = principal;
		return this;
	}

	@Override
	public Acceptance maxMessageSize(DataSize size) {
		Assert.isTrue(size.toBytes() > 0 && size.toBytes() <= Integer.MAX_VALUE,
				() -> "The largest message size must be 1 to " + Integer.MAX_VALUE + " bytes, not " + size.toBytes());
		this.maxMessageSize = (int) size.toBytes();
		return this;
	}

	@Override
	public Acceptance overflow(OverflowPolicy policy) {
		Assert.notNull(policy, "'policy' must not be null");
		this.overflow = policy;
		return this;
	}

	@Override
	public Acceptance discardInbound() {
		this.discardInbound = true;
		return this;
	}

	public HttpHeaders headers() {
		return (this.headers != null) ? this.headers : HttpHeaders.EMPTY;
	}

	public @Nullable String chosenSubprotocol() {
		return this.subprotocol;
	}

	/**
	 * Return the user that the handler has set, because the request does not have one.
	 * @return the user or the login of a ticket, {@code null} for none
	 */
	public @Nullable Principal principal() {
		return this.principal;
	}

	public int maxMessageSize() {
		return this.maxMessageSize;
	}

	public OverflowPolicy overflow() {
		return this.overflow;
	}

	public boolean isInboundDiscarded() {
		return this.discardInbound;
	}

}
