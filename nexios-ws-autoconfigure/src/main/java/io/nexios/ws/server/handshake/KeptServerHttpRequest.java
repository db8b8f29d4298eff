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

import java.net.InetSocketAddress;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;

/**
 * A request that returns the kept data, so that a session does not keep a second copy.
 *
 * @author Nexios Team
 */
public final class KeptServerHttpRequest extends ServletServerHttpRequest {

	private final HandshakeRequest kept;

	public KeptServerHttpRequest(HttpServletRequest request, HandshakeRequest kept) {
		super(request);
		this.kept = kept;
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.kept.headers();
	}

	@Override
	public InetSocketAddress getRemoteAddress() {
		InetSocketAddress address = this.kept.remoteAddress();
		// Not the superclass's address, because the superclass looks up names in the DNS
		return (address != null) ? address : InetSocketAddress.createUnresolved("", 0);
	}

}
