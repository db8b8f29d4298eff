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

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.web.cors.CorsConfiguration;

/**
 * The origins that may connect in addition to the application's own, as a list and as
 * patterns. The patterns are those of Spring. Origins are compared in the form of
 * {@link WebOrigin}.
 *
 * @author Nexios Team
 */
public final class AllowedOrigins {

	private static final Pattern PATTERN = Pattern.compile("([^:/]+)://([^:]+)(:(?:\\*|\\d+|\\[[^]]*]))?");

	private static final Pattern DOT = Pattern.compile(".", Pattern.LITERAL);

	private final CorsConfiguration configuration = new CorsConfiguration();

	/**
	 * Create the allowed origins.
	 * @param origins origins
	 * @param patterns patterns of origins
	 */
	public AllowedOrigins(List<String> origins, List<String> patterns) {
		// Spring removes a slash at the end. It has been removed already, so another one
		// is added
		this.configuration.setAllowedOrigins(split(origins).stream().map((origin) -> canonical(origin) + "/").toList());
		this.configuration
			.setAllowedOriginPatterns(split(patterns).stream().map(AllowedOrigins::canonicalPattern).toList());
	}

	// Splits as Spring does, but not within lists of ports. A property has split these
	// lists already, so the values are joined first
	private static List<String> split(List<String> values) {
		if (values.isEmpty()) {
			return values;
		}
		String joined = String.join(",", values);
		List<String> split = new CorsConfiguration().setAllowedOriginPatterns(List.of(joined))
			.getAllowedOriginPatterns();
		return (split != null) ? split : List.of();
	}

	private static String canonical(String origin) {
		return Objects.requireNonNullElse(WebOrigin.parse(origin), origin).toString();
	}

	private static String canonicalPattern(String pattern) {
		Matcher parts = PATTERN.matcher(pattern);
		if (!parts.matches()) {
			return canonicalHost(pattern);
		}
		String ports = Objects.requireNonNullElse(parts.group(3), "");
		return ForwardedScheme.ofPage(parts.group(1)) + "://" + canonicalHost(parts.group(2)) + ports;
	}

	private static String canonicalHost(String pattern) {
		return DOT.splitAsStream(pattern).map(AllowedOrigins::canonicalLabel).collect(Collectors.joining("."));
	}

	private static String canonicalLabel(String label) {
		return Objects.requireNonNullElseGet(HostName.canonical(label), () -> label.toLowerCase(Locale.ROOT));
	}

	/**
	 * Return the listed origins.
	 * @return the origins, in the form in which they are compared
	 */
	public List<String> origins() {
		return Objects.requireNonNullElse(this.configuration.getAllowedOrigins(), List.of());
	}

	/**
	 * Return the patterns.
	 * @return the patterns, in the form in which they are compared
	 */
	public List<String> patterns() {
		return Objects.requireNonNullElse(this.configuration.getAllowedOriginPatterns(), List.of());
	}

	boolean contain(WebOrigin origin) {
		return contain(origin.toString()) || contain(origin.withPort());
	}

	/**
	 * Return whether an origin without a host, such as {@code null}, is allowed.
	 * @param origin the text that is sent as the origin
	 * @return whether exactly this text is allowed
	 */
	boolean contain(@Nullable String origin) {
		return this.configuration.checkOrigin(origin) != null;
	}

}
