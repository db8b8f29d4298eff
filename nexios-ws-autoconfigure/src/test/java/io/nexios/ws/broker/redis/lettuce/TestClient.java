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

package io.nexios.ws.broker.redis.lettuce;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.nexios.ws.broker.redis.connection.MessageListener;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A client of a Redis on the loopback interface, with threads of its own.
 *
 * @author Nexios Team
 */
public final class TestClient implements AutoCloseable {

	private final ClientResources resources = DefaultClientResources.builder()
		.ioThreadPoolSize(2)
		.computationThreadPoolSize(2)
		.build();

	private final RedisClient client;

	private final LettuceConnector connector;

	private TestClient(RedisURI uri, TimeSource time) {
		uri.setTimeout(LettuceOptions.STEP_TIMEOUT);
		uri.setClientName("nexios-ws");
		this.client = RedisClient.create(this.resources, uri);
		this.client.setOptions(LettuceOptions.of(ClientOptions.create()));
		this.connector = new LettuceConnector(this.client, time);
	}

	public static TestClient of(int port, TimeSource time) {
		return of(RedisURI.create("127.0.0.1", port), time);
	}

	public static TestClient of(RedisURI uri, TimeSource time) {
		return new TestClient(uri, time);
	}

	public RedisClient lettuce() {
		return this.client;
	}

	public LettuceConnector connector() {
		return this.connector;
	}

	public RedisConnection connect() {
		return await(this.connector.connect());
	}

	public SubscriberConnection connect(MessageListener listener) {
		return await(this.connector.connect(listener));
	}

	/**
	 * Wait for a stage.
	 * @param <T> the type of the value
	 * @param stage the stage
	 * @return its value
	 */
	public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
		try {
			return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex);
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static CompletionStage<@Nullable Object> send(RedisConnection connection, String command,
			Object... arguments) {
		CompletionStage<@Nullable Object> answer = connection.send(RedisRequest.of(command, arguments));
		connection.flush();
		return answer;
	}

	@Override
	public void close() {
		this.client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
		this.resources.shutdown(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
	}

}
