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

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Converts the host of an origin to the form in which browsers send it: in lower case,
 * international names in ASCII, and IPv6 addresses in a single notation.
 *
 * @author Nexios Team
 */
final class HostName {

	private static final Pattern ASCII = Pattern.compile("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*\\.?");

	private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

	private static final int LAST_LATIN = 0xFF;

	// The longest name in the DNS, with a dot at its end. International names are shorter
	private static final int MAX_LENGTH = 254;

	private HostName() {
	}

	/**
	 * Return the canonical form of a host.
	 * @param host the host in any form
	 * @return the same text for all forms that browsers treat as the same host, or
	 * {@code null} if the text is not a host, or if implementations disagree on the host
	 */
	static @Nullable String canonical(String host) {
		if (host.length() > MAX_LENGTH) {
			return null;
		}
		if (host.indexOf(':') >= 0) {
			return address(host.startsWith("[") ? host : "[" + host + "]");
		}
		String name = isAscii(host) ? host.toLowerCase(Locale.ROOT) : ascii(decoded(host));
		return (name != null && ASCII.matcher(name).matches()) ? name : null;
	}

	private static @Nullable String address(String bracketed) {
		try {
			// A text in brackets is never looked up in the DNS
			return "[" + compressed(InetAddress.getByName(bracketed).getHostAddress()) + "]";
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	private static String compressed(String address) {
		return ZEROS.matcher(address)
			.results()
			.max(Comparator.comparingInt((zeros) -> zeros.end() - zeros.start()))
			.map((zeros) -> address.substring(0, zeros.start()) + "::" + address.substring(zeros.end()))
			.orElse(address);
	}

	private static boolean isAscii(String text) {
		return text.chars().allMatch((character) -> character < 0x80);
	}

	/**
	 * Decode a name that may be in UTF-8. Containers read the bytes of a header as
	 * characters of Latin-1, but some clients write UTF-8.
	 * @param name the name
	 * @return the name decoded as UTF-8 if its bytes are valid UTF-8, otherwise the same
	 * name
	 */
	private static String decoded(String name) {
		if (name.chars().anyMatch((character) -> character > LAST_LATIN)) {
			return name;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder()
				.decode(ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1)))
				.toString();
		}
		catch (CharacterCodingException ex) {
			return name;
		}
	}

	/**
	 * Convert an international name to ASCII. The JDK has the rules of 2003, but browsers
	 * have later ones. For some names, such as those with a German sharp s, the two rules
	 * give different hosts. A conversion back shows whether both rules agree on a name.
	 * @param name the name
	 * @return the name in ASCII, or {@code null} if the rules differ
	 */
	private static @Nullable String ascii(String name) {
		try {
			String ascii = IDN.toASCII(name).toLowerCase(Locale.ROOT);
			String normal = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
			return IDN.toUnicode(ascii).equals(normal) ? ascii : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
