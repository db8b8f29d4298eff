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

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.nexios.ws.benchmarks.Poll;
import io.nexios.ws.broker.BrokerState.Level;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.redis.RedisGroupBroker;
import io.nexios.ws.broker.redis.RedisSettings;
import io.nexios.ws.broker.redis.connection.RedisConnector;
import io.nexios.ws.broker.redis.lettuce.LettuceConnector;
import io.nexios.ws.broker.redis.lettuce.LettuceOptions;
import io.nexios.ws.broker.redis.observer.RedisObserver;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Nodes in this process, without WebSockets. Redis cannot tell them from others. They
 * have the default settings.
 *
 * @author Nexios Team
 */
final class Engines implements AutoCloseable {

	/**
	 * The default limits of a history.
	 */
	static final HistoryLimits LIMITS = new HistoryLimits(100, 1024 * 1024, Duration.ofDays(1), 64 * 1024 * 1024);

	private static final RedisSettings SETTINGS = new RedisSettings("nx", Duration.ofSeconds(2), 16 * 1024 * 1024,
			Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30));

	private static final Duration START_TIME = Duration.ofSeconds(10);

	private final EngineTime time = new EngineTime();

	private final ExecutorService executor = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "engine");
		thread.setDaemon(true);
		return thread;
	});

	private final RedisClient client;

	private final RedisConnector connector;

	private final RedisUsage usage;

	private Engines(int port) {
		this.client = RedisClient.create("redis://127.0.0.1:" + port);
		this.client.setOptions(LettuceOptions.of(ClientOptions.create()));
		this.connector = new LettuceConnector(this.client, this.time);
		this.usage = new RedisUsage(await(this.connector.connect()));
	}

	static Engines connect(int port) {
		// Otherwise the client would log every request
		LoggingSystem.get(Engines.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
		return new Engines(port);
	}

	RedisConnector connector() {
		return this.connector;
	}

	RedisClient client() {
		return this.client;
	}

	RedisUsage usage() {
		return this.usage;
	}

	RedisGroupBroker start() {
		return start(UnaryOperator.identity());
	}

	/**
	 * Start a node. The caller closes it.
	 * @param wrapper wraps what opens its connections
	 * @return the node, connected
	 */
	RedisGroupBroker start(UnaryOperator<RedisConnector> wrapper) {
		RedisGroupBroker broker = new RedisGroupBroker(wrapper.apply(this.connector), SETTINGS, LIMITS, this.time,
				this.executor, RedisObserver.NONE);
		broker.start((message) -> {
		});
		if (!Poll.until(START_TIME, () -> broker.state().level() == Level.UP)) {
			broker.close();
			throw new IllegalStateException("No connection to Redis");
		}
		return broker;
	}

	static <T> T await(CompletionStage<T> stage) {
		try {
			return stage.toCompletableFuture().get(START_TIME.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("No answer of Redis", ex);
		}
	}

	@Override
	public void close() {
		this.usage.close();
		this.client.shutdown();
		this.executor.shutdown();
		this.time.close();
	}

}
