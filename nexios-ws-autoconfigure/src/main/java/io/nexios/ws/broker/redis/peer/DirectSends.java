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

package io.nexios.ws.broker.redis.peer;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.PeerFormat;
import io.nexios.ws.broker.redis.wire.PeerMessage.Answer;
import io.nexios.ws.broker.redis.wire.PeerMessage.Direct;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends payloads to channels of other nodes. The id of a channel begins with the id of
 * its node and a dot. The node answers whether it has the channel.
 * <p>
 * A payload is sent once, and is never repeated. Without an answer in time its outcome is
 * unknown.
 *
 * @author Nexios Team
 */
final class DirectSends {

	private static final Pattern CHANNEL_ID = Pattern.compile("([0-9a-f]{16})\\.[0-9a-f]{32}");

	private final PeerSettings settings;

	private final RedisCalls publish;

	private final OpenRequests requests;

	private final TimeSource time;

	DirectSends(PeerSettings settings, RedisCalls publish, OpenRequests requests, TimeSource time) {
		this.settings = settings;
		this.publish = publish;
		this.requests = requests;
		this.time = time;
	}

	/**
	 * Send a payload.
	 * @param channelId the channel
	 * @param payload the payload
	 * @return a stage that completes with whether the channel has got it
	 */
	CompletionStage<Boolean> send(String channelId, Payload payload) {
		String node = nodeOf(channelId);
		if (node == null || node.equals(this.settings.node())) {
			return CompletableFuture.completedStage(false);
		}
		try {
			return send(node, channelId, payload);
		}
		catch (GroupsUnavailableException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	private static @Nullable String nodeOf(String channelId) {
		Matcher matcher = CHANNEL_ID.matcher(channelId);
		return matcher.matches() ? matcher.group(1) : null;
	}

	private CompletionStage<Boolean> send(String node, String channelId, Payload payload) {
		CompletableFuture<Boolean> outcome = new CompletableFuture<>();
		long request = this.requests.open((answer) -> answered(outcome, node, answer));
		TimeSource.Timer timer = this.time.schedule(() -> outcome.completeExceptionally(unknown(null)),
				this.settings.timeout());
		outcome.whenComplete((sent, failure) -> {
			timer.cancel();
			this.requests.close(request);
		});
		byte[] message = PeerFormat.write(new Direct(request, this.settings.node(), channelId, payload));
		this.publish
			.call(RedisRequest.script(RedisScript.SEND, List.of(this.settings.names().node(node)),
					this.settings.names().inbox(node), message))
			.whenComplete((receivers, failure) -> published(outcome, receivers, failure));
		return outcome;
	}

	private static void answered(CompletableFuture<Boolean> outcome, String node, Answer answer) {
		if (answer.sender().equals(node)) {
			outcome.complete(answer.accepted());
		}
	}

	private static void published(CompletableFuture<Boolean> outcome, @Nullable Object receivers,
			@Nullable Throwable failure) {
		if (failure != null) {
			outcome.completeExceptionally(failed(failure));
		}
		else if (Long.valueOf(0).equals(receivers)) {
			outcome.complete(false);
		}
	}

	private static GroupsUnavailableException failed(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause instanceof ConnectionLostException lost && lost.mayBeExecuted()) ? unknown(cause)
				: new GroupsUnavailableException("Redis has not taken the message", cause);
	}

	private static SendOutcomeUnknownException unknown(@Nullable Throwable cause) {
		return new SendOutcomeUnknownException(
				"The node of the channel has not answered. The channel may have got the message", cause);
	}

}
