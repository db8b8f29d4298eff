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

import io.nexios.ws.server.limit.PeerLimits;
import io.nexios.ws.spi.RateLimiters;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Checks that rate limiters are available if a property sets a limit per second.
 *
 * @author Nexios Team
 */
final class RequiredRateLimiters {

	private RequiredRateLimiters() {
	}

	static RateLimiters of(PeerLimits limits, @Nullable RateLimiters available) {
		if (available != null) {
			return available;
		}
		check("handshakes-per-second", limits.handshakesPerSecond());
		check("messages-per-second", limits.messagesPerSecond());
		check("bytes-per-second", limits.bytesPerSecond());
		return RateLimiters.UNLIMITED;
	}

	private static void check(String name, long limit) {
		if (limit > 0) {
			throw new FailureAnalyzedException(
					"The property 'nexios.ws.limits." + name + "' needs Bucket4j, which is not on the classpath.",
					"Add a dependency on 'com.bucket4j:bucket4j_jdk17-core', or remove the property.");
		}
	}

}
