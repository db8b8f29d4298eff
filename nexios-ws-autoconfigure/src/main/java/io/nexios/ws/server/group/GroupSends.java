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

package io.nexios.ws.server.group;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.channel.GroupSendStatus;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import io.nexios.ws.server.channel.SharedFrames;
import io.nexios.ws.server.group.broker.BrokerCalls;
import io.nexios.ws.server.group.broker.Waits;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to groups.
 *
 * @author Nexios Team
 */
final class GroupSends {

	private final BrokerCalls broker;

	private final Waits waits;

	private final JsonCodec json;

	private final TimeSource time;

	private final ServerThreads threads;

	GroupSends(BrokerCalls broker, Waits waits, JsonCodec json, TimeSource time, ServerThreads threads) {
		this.broker = broker;
		this.waits = waits;
		this.json = json;
		this.time = time;
		this.threads = threads;
	}

	GroupSendStatus send(String group, Object payload, SendOptions options) {
		CompletionStage<Acceptance> stage = publish(group, payload, options);
		try {
			return status(this.waits.await(stage));
		}
		catch (GroupsUnavailableException ex) {
			throw outcome(ex);
		}
	}

	/**
	 * Send without waiting.
	 * @param group the group
	 * @param payload the payload
	 * @param options the options
	 * @return a stage that completes on a thread of the server, unless the broker has
	 * answered already
	 */
	CompletionStage<GroupSendStatus> sendAsync(String group, Object payload, SendOptions options) {
		CompletableFuture<GroupSendStatus> result = new CompletableFuture<>();
		CompletableFuture<Acceptance> stage = this.waits.limit(publish(group, payload, options));
		if (stage.isDone()) {
			stage.whenComplete((acceptance, failure) -> complete(result, acceptance, failure));
		}
		else {
			stage.whenComplete(
					(acceptance, failure) -> this.threads.executeListener(() -> complete(result, acceptance, failure)));
		}
		return result;
	}

	private void complete(CompletableFuture<GroupSendStatus> result, @Nullable Acceptance acceptance,
			@Nullable Throwable failure) {
		if (acceptance != null) {
			result.complete(status(acceptance));
		}
		else {
			result.completeExceptionally(outcome(this.waits.unavailable(
					(failure != null) ? failure : new IllegalStateException("The broker has returned nothing"))));
		}
	}

	private CompletionStage<Acceptance> publish(String group, Object payload, SendOptions options) {
		return this.broker.publish(new Publication(group, UUID.randomUUID(), this.time.instant(),
				SharedFrames.encode(payload, this.json), options.excludedChannelId(), options.isHistorySaved()));
	}

	private static GroupSendStatus status(Acceptance acceptance) {
		return acceptance.subscribed() ? GroupSendStatus.GROUP_SEND : GroupSendStatus.NO_SUCH_GROUP;
	}

	/**
	 * Send a payload to a channel of another node.
	 * @param channelId the channel
	 * @param payload the payload
	 * @return whether another node has accepted it
	 */
	boolean sendTo(String channelId, Payload payload) {
		try {
			return this.waits.await(this.broker.sendTo(channelId, payload));
		}
		catch (GroupsUnavailableException ex) {
			throw outcome(ex);
		}
	}

	private static GroupsUnavailableException outcome(GroupsUnavailableException ex) {
		return Waits.isTimeout(ex)
				? new SendOutcomeUnknownException(ex.getMessage() + ". It may have accepted the message", ex.getCause())
				: ex;
	}

}
