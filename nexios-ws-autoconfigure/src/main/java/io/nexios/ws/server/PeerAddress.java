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

package io.nexios.ws.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The address that a handshake comes from, as the servlet container or a filter tells it.
 * Behind a proxy it may be any text that the client has sent, so names are never looked
 * up.
 *
 * @author Nexios Team
 */
final class PeerAddress {

	private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

	private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

	// What begins like this and has a colon is a literal for the JDK, or an error
	private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*(%\\w+)?");

	// What a provider gives to one customer (RFC 6177)
	private static final int V6_NETWORK_BYTES = 8;

	private PeerAddress() {
	}

	/**
	 * Return where a request comes from.
	 * @param request the request
	 * @return the address, unresolved if it is not a numeric one, or {@code null} if the
	 * container does not know it
	 */
	static @Nullable InetSocketAddress of(HttpServletRequest request) {
		String text = request.getRemoteAddr();
		if (text == null) {
			return null;
		}
		InetAddress address = literal(withoutBrackets(text));
		int port = Math.max(0, request.getRemotePort());
		return (address != null) ? new InetSocketAddress(address, port)
				: InetSocketAddress.createUnresolved(text, port);
	}

	private static String withoutBrackets(String text) {
		return (text.startsWith("[") && text.endsWith("]")) ? text.substring(1, text.length() - 1) : text;
	}

	private static @Nullable InetAddress literal(String text) {
		if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(text);
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	/**
	 * Return what addresses of one peer have in common.
	 * @param address the address
	 * @return the address itself, or the /64 network of an IPv6 address, as a text that
	 * is the same for the same
	 */
	static String network(InetSocketAddress address) {
		InetAddress resolved = address.getAddress();
		if (resolved instanceof Inet6Address) {
			return HexFormat.of().formatHex(resolved.getAddress(), 0, V6_NETWORK_BYTES);
		}
		return (resolved != null) ? resolved.getHostAddress() : address.getHostString();
	}

}
