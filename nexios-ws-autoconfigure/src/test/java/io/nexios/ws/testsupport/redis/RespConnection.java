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

package io.nexios.ws.testsupport.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.script.RedisScript;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a real Redis without a client library. It has loaded all scripts.
 *
 * @author Nexios Team
 */
public final class RespConnection implements RedisConnection, RedisCalls, AutoCloseable {

	private static final Pending END = new Pending(new CompletableFuture<>());

	private final BlockingQueue<Pending> open = new LinkedBlockingQueue<>();

	private final CompletableFuture<String> ended = new CompletableFuture<>();

	private final RespClient client;

	private final Thread reader = new Thread(this::read, "resp-connection");

	private RespConnection(RespClient client) {
		this.client = client;
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/**
	 * Connect to a port of the loopback interface.
	 * @param port the port
	 * @param user who has no password
	 * @return the connection
	 */
	public static RespConnection connect(int port, String user) {
		RespClient client = RespClient.connect(port);
		try {
			client.call("AUTH", user, "");
			for (RedisScript script : RedisScript.values()) {
				client.call("SCRIPT", "LOAD", RespClient.utf8(script.text()));
			}
			return new RespConnection(client);
		}
		catch (RuntimeException ex) {
			client.close();
			throw ex;
		}
	}

	@Override
	public CompletionStage<@Nullable Object> send(RedisRequest request) {
		Pending pending = new Pending(new CompletableFuture<>());
		synchronized (this) {
			if (this.ended.isDone()) {
				return CompletableFuture.failedStage(new ConnectionLostException("Ended before"));
			}
			this.open.add(pending);
			try {
				this.client.send(Stream.concat(Stream.of(request.command()), request.arguments().stream()).toArray());
			}
			catch (RuntimeException ex) {
				// The reader notices
			}
		}
		return pending.answer;
	}

	@Override
	public CompletionStage<@Nullable Object> call(RedisRequest request) {
		CompletionStage<@Nullable Object> answer = send(request);
		flush();
		return answer;
	}

	@Override
	public synchronized void flush() {
		try {
			this.client.flush();
		}
		catch (RuntimeException ex) {
			// The reader notices
		}
	}

	private void read() {
		String reason = "closed";
		try {
			for (Pending next = this.open.take(); next != END; next = this.open.take()) {
				Object answer = receive(next);
				if (answer instanceof RespException error) {
					next.answer.completeExceptionally(new RedisErrorException(String.valueOf(error.getMessage())));
				}
				else {
					next.answer.complete(bytes(answer));
				}
			}
		}
		catch (Exception ex) {
			reason = ex.toString();
		}
		giveUp(reason);
	}

	private @Nullable Object receive(Pending next) {
		try {
			return this.client.receive();
		}
		catch (RuntimeException ex) {
			next.answer.completeExceptionally(new ConnectionLostException(ex.toString()));
			throw ex;
		}
	}

	private static @Nullable Object bytes(@Nullable Object answer) {
		if (answer instanceof String text) {
			return text.getBytes(StandardCharsets.ISO_8859_1);
		}
		return (answer instanceof List<?> list) ? list.stream().map(RespConnection::bytes).toList() : answer;
	}

	@Override
	public void giveUp(String reason) {
		synchronized (this) {
			if (this.ended.isDone()) {
				return;
			}
			this.client.close();
			for (Pending next = this.open.poll(); next != null; next = this.open.poll()) {
				next.answer.completeExceptionally(new ConnectionLostException(reason));
			}
			this.open.add(END);
		}
		this.ended.complete(reason);
	}

	@Override
	public CompletionStage<String> ended() {
		return this.ended;
	}

	/**
	 * End the connection and its thread.
	 */
	@Override
	public void close() {
		giveUp("closed");
		if (Thread.currentThread() != this.reader) {
			try {
				this.reader.join(RespClient.TIMEOUT.toMillis());
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private record Pending(CompletableFuture<@Nullable Object> answer) {

	}

}
