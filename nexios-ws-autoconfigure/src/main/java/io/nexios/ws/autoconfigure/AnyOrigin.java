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

package io.nexios.ws.autoconfigure;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.web.cors.CorsConfiguration;

/**
 * Detects an allowed origin or origin pattern that allows every web site.
 *
 * @author Nexios Team
 */
final class AnyOrigin {

	// The origin of pages in a sandbox. Any web site can put its pages into a sandbox
	private static final String OPAQUE = "null";

	private static final Pattern PORTS = Pattern.compile(":(\\*|[0-9]+|\\[[^]]*])$");

	// Hosts with nothing in common
	private static final List<String> STRANGERS = List.of("a.example", "xn--b.test");

	private AnyOrigin() {
	}

	static boolean isAllowedBy(String pattern) {
		return pattern.equals(OPAQUE) || admitsStrangers(pattern, "http://") || admitsStrangers(pattern, "https://");
	}

	private static boolean admitsStrangers(String pattern, String scheme) {
		CorsConfiguration configuration = new CorsConfiguration();
		configuration.addAllowedOriginPattern(PORTS.matcher(pattern).replaceFirst(""));
		return STRANGERS.stream().allMatch((host) -> configuration.checkOrigin(scheme + host) != null);
	}

}
