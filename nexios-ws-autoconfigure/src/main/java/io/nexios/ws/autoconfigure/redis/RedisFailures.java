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

package io.nexios.ws.autoconfigure.redis;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Why an application with groups on Redis does not start.
 *
 * @author Nexios Team
 */
final class RedisFailures {

	private static final String OTHERWISE = ", or set 'nexios.ws.redis.enabled' to false to have groups on one node only.";

	private RedisFailures() {
	}

	static FailureAnalyzedException missingLettuce() {
		return of("needs Spring Data Redis with Lettuce, which is not on the classpath.",
				"Add a dependency on 'org.springframework.boot:spring-boot-starter-data-redis'");
	}

	static FailureAnalyzedException missingFactory() {
		return of("needs a RedisConnectionFactory, and there is no such bean.",
				"Do not exclude the auto-configuration of Spring Data Redis, or declare a LettuceConnectionFactory bean");
	}

	static FailureAnalyzedException otherFactory(String type) {
		return of("needs Lettuce, and the RedisConnectionFactory is a " + type + ".",
				"Remove 'spring.data.redis.client-type', or declare a LettuceConnectionFactory bean");
	}

	static FailureAnalyzedException cluster() {
		return of("does not support Redis Cluster yet.",
				"Use a standalone Redis or Redis Sentinel instead of 'spring.data.redis.cluster'");
	}

	static FailureAnalyzedException masterReplica() {
		return of("does not support static master-replica connections.",
				"Use a standalone Redis or Redis Sentinel instead of 'spring.data.redis.masterreplica'");
	}

	private static FailureAnalyzedException of(String problem, String action) {
		return new FailureAnalyzedException("The property 'nexios.ws.redis.enabled' is true. This " + problem,
				action + OTHERWISE);
	}

}
