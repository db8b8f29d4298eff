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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose answers come from a test.
 *
 * @author Nexios Team
 */
public class FakeConnection implements RedisConnection {

	private final List<Call> calls = new ArrayList<>();

	private final CompletableFuture<String> ended = new CompletableFuture<>();

	private int flushed;

	private int writes;

	@Override
	public synchronized CompletionStage<@Nullable Object> send(RedisRequest request) {
		Call call = new Call(request, new CompletableFuture<>());
		if (this.ended.isDone()) {
			call.answer.completeExceptionally(new ConnectionLostException("Ended before"));
		}
		else {
			this.calls.add(call);
		}
		return call.answer;
	}

	@Override
	public synchronized void flush() {
		this.writes++;
		this.flushed = this.calls.size();
	}

	@Override
	public void giveUp(String reason) {
		List<Call> open;
		synchronized (this) {
			if (this.ended.isDone()) {
				return;
			}
			this.ended.complete(reason);
			open = List.copyOf(this.calls);
		}
		open.forEach((call) -> call.answer.completeExceptionally(new ConnectionLostException(reason)));
	}

	@Override
	public CompletionStage<String> ended() {
		return this.ended;
	}

	/**
	 * Return why the connection has ended.
	 * @return the reason, or an empty string if it has not ended
	 */
	public String reason() {
		return this.ended.getNow("");
	}

	/**
	 * Return what was written.
	 * @return the requests, in their order
	 */
	public synchronized List<Call> written() {
		return List.copyOf(this.calls.subList(0, this.flushed));
	}

	/**
	 * Return what was written of one command.
	 * @param command the name of the command
	 * @return the requests, in their order
	 */
	public List<Call> written(String command) {
		return written().stream().filter((call) -> call.request.command().equals(command)).toList();
	}

	/**
	 * Return how often requests were written.
	 * @return the number of writes
	 */
	public synchronized int writes() {
		return this.writes;
	}

	/**
	 * A request.
	 *
	 * @param request the request
	 * @param answer its answer
	 */
	public record Call(RedisRequest request, CompletableFuture<@Nullable Object> answer) {

		/**
		 * Answer it.
		 * @param value the answer
		 */
		public void complete(@Nullable Object value) {
			this.answer.complete(value);
		}

		/**
		 * Answer it with an error.
		 * @param error the error
		 */
		public void fail(String error) {
			this.answer.completeExceptionally(new RedisErrorException(error));
		}

		/**
		 * Return an argument as text.
		 * @param index its index, without the name of the command
		 * @return the text, or an empty string if there is no such argument
		 */
		public String text(int index) {
			List<byte[]> arguments = this.request.arguments();
			return (index < arguments.size()) ? new String(arguments.get(index), StandardCharsets.UTF_8) : "";
		}

	}

}
