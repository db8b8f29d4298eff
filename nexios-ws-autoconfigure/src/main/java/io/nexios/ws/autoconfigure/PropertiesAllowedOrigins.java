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
import java.util.function.Supplier;

import io.nexios.ws.server.handshake.AllowedOrigins;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Reads the allowed origins from the properties, and checks them.
 *
 * @author Nexios Team
 */
final class PropertiesAllowedOrigins implements Supplier<AllowedOrigins> {

	private static final int MAX_ASCII = 0x7F;

	private final NexiosWsProperties properties;

	PropertiesAllowedOrigins(NexiosWsProperties properties) {
		this.properties = properties;
	}

	/**
	 * Read the origins.
	 * @return the origins
	 * @throws FailureAnalyzedException if any origin is allowed by mistake, or one cannot
	 * be read
	 */
	@Override
	public AllowedOrigins get() {
		AllowedOrigins allowed = new AllowedOrigins(trimmed(this.properties.getAllowedOrigins()),
				trimmed(this.properties.getAllowedOriginPatterns()));
		check("allowed-origins", allowed.origins());
		check("allowed-origin-patterns", allowed.patterns());
		return allowed;
	}

	private static List<String> trimmed(List<String> origins) {
		return origins.stream().map(String::trim).toList();
	}

	private void check(String name, List<String> origins) {
		String any = origins.stream().filter(AnyOrigin::isAllowedBy).findFirst().orElse(null);
		if (any != null && !this.properties.isAllowAnyOrigin()) {
			throw new FailureAnalyzedException(
					"The property 'nexios.ws." + name + "' has '" + any + "'. Any web site could then "
							+ "connect with the cookies of its visitors.",
					"List the origins of your own pages, or set 'nexios.ws.allow-any-origin' to true "
							+ "if no connection depends on cookies.");
		}
		String ambiguous = origins.stream().filter(PropertiesAllowedOrigins::isNotAscii).findFirst().orElse(null);
		if (ambiguous != null) {
			throw new FailureAnalyzedException(
					"The property 'nexios.ws." + name + "' has '" + ambiguous
							+ "'. No browser sends it, and its ASCII form is ambiguous.",
					"Write its host as browsers send it, with labels that start with 'xn--'.");
		}
	}

	private static boolean isNotAscii(String origin) {
		return origin.chars().anyMatch((character) -> character > MAX_ASCII);
	}

}
