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

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Checks that the connections of the application are of a supported kind.
 *
 * @author Nexios Team
 */
final class SupportedFactory {

	private SupportedFactory() {
	}

	/**
	 * Check the factory of the application.
	 * @param factory the factory, if there is one
	 * @param masterReplica whether its configuration is for static master-replica. The
	 * factory does not tell
	 * @return the factory
	 */
	static LettuceConnectionFactory of(@Nullable RedisConnectionFactory factory, boolean masterReplica) {
		if (factory == null) {
			throw RedisFailures.missingFactory();
		}
		if (!(factory instanceof LettuceConnectionFactory lettuce)) {
			throw RedisFailures.otherFactory(factory.getClass().getSimpleName());
		}
		if (lettuce.getClusterConfiguration() != null) {
			throw RedisFailures.cluster();
		}
		if (masterReplica) {
			throw RedisFailures.masterReplica();
		}
		return lettuce;
	}

}
