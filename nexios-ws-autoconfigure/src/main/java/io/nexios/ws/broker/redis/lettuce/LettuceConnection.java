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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.api.StatefulRedisConnection;
import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Lettuce that is not opened again. All that it delivers passes a
 * {@link DeliveryGate}. Its end fails the requests without an answer, the oldest first.
 *
 * @author Nexios Team
 */
final class LettuceConnection implements RedisConnection {

	static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

	private final UnansweredRequests unanswered = new UnansweredRequests();

	private final DeliveryGate gate = new DeliveryGate();

	private final CompletableFuture<String> ended = new CompletableFuture<>();

	private final StatefulRedisConnection<String, byte[]> connection;

	private final TimeSource time;

	private final AnswerTimer timer;

	private final RequestFlusher flusher;

	private volatile String reason = "";

	private LettuceConnection(StatefulRedisConnection<String, byte[]> connection, TimeSource time) {
		this.connection = connection;
		this.time = time;
		this.timer = new AnswerTimer(this.unanswered, time, ANSWER_TIMEOUT,
				() -> giveUp("Redis has not answered for " + ANSWER_TIMEOUT.toSeconds() + " seconds"));
		this.flusher = new RequestFlusher(connection::flushCommands, connection.getResources().eventExecutorGroup());
	}

	/**
	 * Take over a connection.
	 * @param connection the connection, on which there were no requests
	 * @param time the time
	 * @return the connection, perhaps ended
	 */
	static LettuceConnection of(StatefulRedisConnection<String, byte[]> connection, TimeSource time) {
		LettuceConnection created = new LettuceConnection(connection, time);
		connection.setAutoFlushCommands(false);
		connection.addListener(new RedisConnectionStateAdapter() {

			@Override
			public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
				created.giveUp("The connection has ended");
			}

		});
		if (!connection.isOpen()) {
			created.giveUp("The connection has ended");
		}
		return created;
	}

	@Override
	public CompletionStage<@Nullable Object> send(RedisRequest request) {
		PendingAnswer<@Nullable Object> answer = expectAnswer();
		if (!answer.isDone()) {
			this.connection.dispatch(new LettuceRequest(request, answer, this));
		}
		return answer;
	}

	/**
	 * Begin to wait for an answer.
	 * @param <T> the type of the answer
	 * @return the answer, failed if the connection has ended
	 */
	<T extends @Nullable Object> PendingAnswer<T> expectAnswer() {
		PendingAnswer<T> answer = new PendingAnswer<>(this.time.nanoTime());
		if (this.unanswered.add(answer)) {
			this.timer.arm();
		}
		else {
			answer.completeExceptionally(new ConnectionLostException(this.reason));
		}
		return answer;
	}

	<T extends @Nullable Object> void complete(PendingAnswer<T> answer, T value) {
		deliver(() -> {
			answer.complete(value);
			this.unanswered.removeAnswered();
		});
	}

	void confirm(PendingAnswer<Void> answer) {
		deliver(() -> {
			answer.complete(null);
			this.unanswered.removeAnswered();
		});
	}

	void fail(PendingAnswer<?> answer, RedisErrorException error) {
		deliver(() -> {
			answer.completeExceptionally(error);
			this.unanswered.removeAnswered();
		});
	}

	/**
	 * Deliver something on the thread that reads from Redis, unless the connection has
	 * ended.
	 * @param delivery the delivery
	 */
	void deliver(Runnable delivery) {
		this.flusher.onReader();
		this.gate.deliver(delivery);
	}

	@Override
	public void flush() {
		try {
			this.flusher.flush();
		}
		catch (RejectedExecutionException ex) {
			giveUp("The client was shut down");
		}
	}

	@Override
	public void giveUp(String reason) {
		this.gate.end(() -> end(reason));
	}

	private void end(String reason) {
		this.reason = reason;
		this.timer.cancel();
		this.unanswered.end().forEach((answer) -> answer.completeExceptionally(new ConnectionLostException(reason)));
		// A client that is shut down before the end would close it again, and log a
		// warning
		this.connection.closeAsync().whenComplete((none, failure) -> this.ended.complete(reason));
	}

	@Override
	public CompletionStage<String> ended() {
		return this.ended;
	}

}
