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

package io.nexios.ws.server.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads the address of a handshake's client, as the servlet container or a filter reports
 * it. Behind a proxy it may be any text that the client has sent. So names are never
 * looked up.
 *
 * @author Nexios Team
 */
public final class PeerAddress {

	private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

	private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

	// For the JDK, a text of this form with a colon is either a literal or an error
	private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*(%\\w+)?");

	private static final Pattern WITH_PORT = Pattern.compile("(.+):(\\d{1,5})");

	private static final int MAX_PORT = 65535;

	// The network that a provider gives to one customer (RFC 6177)
	private static final int V6_NETWORK_BYTES = 8;

	private PeerAddress() {
	}

	/**
	 * Return the client's address of a request. Some proxies send the client's port
	 * together with its address. The container or the filter may leave the port in the
	 * address.
	 * @param request the request
	 * @return the address, unresolved if it is not numeric, or {@code null} if the
	 * container does not know it
	 */
	public static @Nullable InetSocketAddress of(HttpServletRequest request) {
		String text = request.getRemoteAddr();
		if (text == null) {
			return null;
		}
		int port = Math.max(0, request.getRemotePort());
		InetAddress address = literal(text);
		if (address != null) {
			return new InetSocketAddress(address, port);
		}
		InetSocketAddress withPort = withPort(withoutBrackets(text));
		return (withPort != null) ? withPort : InetSocketAddress.createUnresolved(text, port);
	}

	private static @Nullable InetSocketAddress withPort(String text) {
		Matcher parts = WITH_PORT.matcher(text);
		if (!parts.matches()) {
			return null;
		}
		InetAddress address = literal(parts.group(1));
		int port = Integer.parseInt(parts.group(2));
		return (address != null && port <= MAX_PORT) ? new InetSocketAddress(address, port) : null;
	}

	private static @Nullable InetAddress literal(String text) {
		String address = withoutBrackets(text);
		if (!V4.matcher(address).matches() && !V6.matcher(address).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(address);
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	private static String withoutBrackets(String text) {
		return (text.startsWith("[") && text.endsWith("]")) ? text.substring(1, text.length() - 1) : text;
	}

	/**
	 * Return the key under which addresses of one peer are counted.
	 * @param address the address
	 * @return the address itself, or the /64 network of an IPv6 address. The texts are
	 * equal if the addresses or networks are
	 */
	static String network(InetSocketAddress address) {
		InetAddress resolved = address.getAddress();
		if (resolved instanceof Inet6Address) {
			return HexFormat.of().formatHex(resolved.getAddress(), 0, V6_NETWORK_BYTES);
		}
		return (resolved != null) ? resolved.getHostAddress() : address.getHostString();
	}

}
