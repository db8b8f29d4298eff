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

package io.nexios.ws.benchmarks.redis;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Publication;

/**
 * Messages of 200 bytes.
 *
 * @author Nexios Team
 */
final class Publications {

	static final String GROUP = "room";

	static final String TEXT = "x".repeat(200);

	private static final Payload PAYLOAD = new Payload.Text(TEXT);

	private Publications() {
	}

	static Publication create(boolean saved) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return new Publication(GROUP, new UUID(random.nextLong(), random.nextLong()), Instant.now(), PAYLOAD, null,
				saved);
	}

}
