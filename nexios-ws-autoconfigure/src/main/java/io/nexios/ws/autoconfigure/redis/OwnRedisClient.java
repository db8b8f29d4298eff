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

import java.time.Duration;

import io.lettuce.core.RedisClient;
import io.nexios.ws.broker.redis.connection.RedisConnector;
import io.nexios.ws.broker.redis.lettuce.LettuceConnector;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.DetachedThreads;
import io.nexios.ws.spi.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A client with the addresses, the credentials, the TLS and the threads of the
 * application's client, and with options of its own. Spring does not know its factory: it
 * is nothing that the application could inject, and it outlives the phase in which Spring
 * stops other factories. It ends when its bean is destroyed. Creating it opens no
 * connection.
 *
 * @author Nexios Team
 */
final class OwnRedisClient implements DisposableBean {

	private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private final LettuceConnectionFactory factory;

	/**
	 * Create a client.
	 * @param application the factory of the application
	 */
	OwnRedisClient(LettuceConnectionFactory application) {
		this.factory = create(application, new OwnClientConfiguration(application.getClientConfiguration()));
		this.factory.setAutoStartup(false);
		this.factory.setShareNativeConnection(false);
		this.factory.start();
	}

	private static LettuceConnectionFactory create(LettuceConnectionFactory application,
			LettuceClientConfiguration configuration) {
		@Nullable RedisSentinelConfiguration sentinel = application.getSentinelConfiguration();
		if (sentinel != null) {
			return new LettuceConnectionFactory(sentinel, configuration);
		}
		@Nullable RedisSocketConfiguration socket = application.getSocketConfiguration();
		if (socket != null) {
			return new LettuceConnectionFactory(socket, configuration);
		}
		return new LettuceConnectionFactory(application.getStandaloneConfiguration(), configuration);
	}

	/**
	 * Return what opens connections.
	 * @param time the time for the connections
	 * @return the connector
	 */
	RedisConnector connector(TimeSource time) {
		return new LettuceConnector(lettuce(), time);
	}

	RedisClient lettuce() {
		return (RedisClient) this.factory.getRequiredNativeClient();
	}

	/**
	 * End the client. Lettuce waits for its own end without a limit, so another thread
	 * waits for it.
	 */
	@Override
	public void destroy() {
		Thread end = DetachedThreads.daemon(this.factory::destroy, "nexios-ws-redis-end");
		end.start();
		try {
			end.join(END_TIMEOUT.toMillis());
			if (end.isAlive()) {
				logger.warn("The client of Redis has not ended within " + END_TIMEOUT.toSeconds() + " seconds");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
