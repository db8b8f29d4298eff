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

import io.nexios.ws.benchmarks.Options;
import io.nexios.ws.benchmarks.Server;
import io.nexios.ws.benchmarks.ServerProcess;

/**
 * Two nodes of the application. The first one publishes, and the second one has the
 * members.
 *
 * @param publisher the first node
 * @param members the second node
 * @author Nexios Team
 */
record Nodes(ServerProcess publisher, ServerProcess members) implements AutoCloseable {

	static Nodes start(Options options, RedisProcess redis) {
		ServerProcess publisher = startOne(options, redis);
		try {
			return new Nodes(publisher, startOne(options, redis));
		}
		catch (RuntimeException ex) {
			publisher.close();
			throw ex;
		}
	}

	static ServerProcess startOne(Options options, RedisProcess redis, String... properties) {
		String[] all = new String[properties.length + 2];
		System.arraycopy(properties, 0, all, 2, properties.length);
		all[0] = "--nexios.ws.redis.enabled=true";
		all[1] = "--spring.data.redis.port=" + redis.port();
		return ServerProcess.start(Server.NODE, options, all);
	}

	@Override
	public void close() {
		this.publisher.close();
		this.members.close();
	}

}
