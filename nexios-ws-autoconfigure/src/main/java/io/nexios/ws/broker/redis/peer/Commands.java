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

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.broker.NodeCommand;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.node.LiveNodes;
import io.nexios.ws.broker.redis.wire.PeerFormat;
import io.nexios.ws.broker.redis.wire.PeerMessage.Command;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.spi.TimeSource;

/**
 * Sends commands to all nodes that have a lease, and collects their answers. A node that
 * starts meanwhile may get the command or not.
 *
 * @author Nexios Team
 */
final class Commands {

	private final PeerSettings settings;

	private final RedisCalls publish;

	private final LiveNodes nodes;

	private final OpenRequests requests;

	private final TimeSource time;

	Commands(PeerSettings settings, RedisCalls publish, LiveNodes nodes, OpenRequests requests, TimeSource time) {
		this.settings = settings;
		this.publish = publish;
		this.nodes = nodes;
		this.requests = requests;
		this.time = time;
	}

	/**
	 * Send a command.
	 * @param command the command
	 * @return a stage that completes with the nodes that have not answered in time. It
	 * fails if Redis has not taken the command
	 */
	CompletionStage<Set<String>> send(NodeCommand command) {
		return this.nodes.all().thenCompose((nodes) -> {
			Set<String> others = new HashSet<>(nodes);
			others.remove(this.settings.node());
			return others.isEmpty() ? CompletableFuture.completedStage(Set.of()) : send(command, others);
		});
	}

	private CompletionStage<Set<String>> send(NodeCommand command, Set<String> others) {
		Set<String> missing = ConcurrentHashMap.newKeySet();
		missing.addAll(others);
		CompletableFuture<Set<String>> outcome = new CompletableFuture<>();
		long request;
		try {
			request = this.requests.open((answer) -> {
				if (missing.remove(answer.sender()) && missing.isEmpty()) {
					outcome.complete(Set.of());
				}
			});
		}
		catch (GroupsUnavailableException ex) {
			return CompletableFuture.failedStage(ex);
		}
		TimeSource.Timer timer = this.time.schedule(() -> outcome.complete(Set.copyOf(missing)),
				this.settings.timeout());
		outcome.whenComplete((nodes, failure) -> {
			timer.cancel();
			this.requests.close(request);
		});
		byte[] message = PeerFormat.write(new Command(request, this.settings.node(), command));
		this.publish.call(RedisRequest.of("PUBLISH", this.settings.names().commands(), message))
			.whenComplete((receivers, failure) -> {
				if (failure != null) {
					outcome.completeExceptionally(failure);
				}
			});
		return outcome;
	}

}
