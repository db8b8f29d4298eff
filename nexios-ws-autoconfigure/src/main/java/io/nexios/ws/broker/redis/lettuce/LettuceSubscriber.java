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

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import io.nexios.ws.broker.redis.connection.MessageListener;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.connection.SubscriberConnection;
import io.nexios.ws.broker.redis.lettuce.ChannelChange.Kind;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Lettuce that receives the messages of channels.
 *
 * @author Nexios Team
 */
final class LettuceSubscriber extends RedisPubSubAdapter<String, byte[]> implements SubscriberConnection {

	private final ChannelChanges changes = new ChannelChanges(this::request);

	private final LettuceConnection connection;

	private final RedisPubSubAsyncCommands<String, byte[]> commands;

	private final MessageListener listener;

	private LettuceSubscriber(LettuceConnection connection, RedisPubSubAsyncCommands<String, byte[]> commands,
			MessageListener listener) {
		this.connection = connection;
		this.commands = commands;
		this.listener = listener;
	}

	static LettuceSubscriber of(StatefulRedisPubSubConnection<String, byte[]> connection, MessageListener listener,
			TimeSource time) {
		LettuceSubscriber created = new LettuceSubscriber(LettuceConnection.of(connection, time), connection.async(),
				listener);
		connection.addListener(created);
		return created;
	}

	@Override
	public CompletionStage<Void> subscribe(Collection<String> channels) {
		return change(Kind.SUBSCRIBE, channels);
	}

	@Override
	public CompletionStage<Void> unsubscribe(Collection<String> channels) {
		return change(Kind.UNSUBSCRIBE, channels);
	}

	private CompletionStage<Void> change(Kind kind, Collection<String> channels) {
		if (channels.isEmpty()) {
			// For Redis, no channel would mean all of them
			return CompletableFuture.completedStage(null);
		}
		PendingAnswer<Void> answer = this.connection.expectAnswer();
		if (!answer.isDone()) {
			this.changes.add(new ChannelChange(kind, List.copyOf(channels), answer));
		}
		return answer;
	}

	private void request(ChannelBatch batch) {
		RedisFuture<Void> answer = (batch.kind() == Kind.SUBSCRIBE) ? this.commands.subscribe(batch.channels())
				: this.commands.unsubscribe(batch.channels());
		answer.whenComplete((none, failure) -> {
			if (failure != null) {
				onFailure(batch, (failure instanceof CompletionException) ? failure.getCause() : failure);
			}
		});
		flush();
	}

	private void onFailure(ChannelBatch batch, @Nullable Throwable failure) {
		if (!(failure instanceof RedisCommandExecutionException)) {
			giveUp("The connection has ended");
			return;
		}
		RedisErrorException error = new RedisErrorException(String.valueOf(failure.getMessage()));
		batch.changes().forEach((change) -> this.connection.fail(change.answer(), error));
		this.connection.deliver(this.changes::proceed);
	}

	// What comes from Redis

	@Override
	public void message(String channel, byte[] message) {
		this.connection.deliver(() -> this.listener.onMessage(channel, message));
	}

	@Override
	public void subscribed(String channel, long count) {
		confirm(Kind.SUBSCRIBE);
	}

	@Override
	public void unsubscribed(String channel, long count) {
		confirm(Kind.UNSUBSCRIBE);
	}

	private void confirm(Kind kind) {
		ChannelBatch batch = this.changes.confirm(kind);
		if (batch != null) {
			batch.changes().forEach((change) -> this.connection.confirm(change.answer()));
			this.connection.deliver(this.changes::proceed);
		}
	}

	@Override
	public CompletionStage<@Nullable Object> send(RedisRequest request) {
		return this.connection.send(request);
	}

	@Override
	public void flush() {
		this.connection.flush();
	}

	@Override
	public void giveUp(String reason) {
		this.connection.giveUp(reason);
	}

	@Override
	public CompletionStage<String> ended() {
		return this.connection.ended();
	}

}
