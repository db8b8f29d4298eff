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

package io.nexios.ws.server.group.broker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.GroupBroker.History;
import io.nexios.ws.broker.NodeCommand;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.spi.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Calls the broker. A broker that throws an exception, or returns no stage, is the same
 * as a broker whose stage fails.
 *
 * @author Nexios Team
 */
public final class BrokerCalls {

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private static final BrokerState UNKNOWN = BrokerState.down("The broker does not tell its state");

	private final LogThrottle<String> throttle = new LogThrottle<>();

	private final GroupBroker broker;

	private final TimeSource time;

	public BrokerCalls(GroupBroker broker, TimeSource time) {
		this.broker = broker;
		this.time = time;
	}

	public BrokerState state() {
		try {
			BrokerState state = this.broker.state();
			return (state != null) ? state : UNKNOWN;
		}
		catch (RuntimeException ex) {
			return UNKNOWN;
		}
	}

	public CompletionStage<Position> subscribe(String group) {
		return call(() -> this.broker.subscribe(group));
	}

	/**
	 * Unsubscribe from a group that has no members any more. Nobody waits for the
	 * outcome: a message that is delivered anyway finds no member.
	 * @param group the group
	 */
	public void unsubscribe(String group) {
		logFailure(call(() -> this.broker.unsubscribe(group)), "Cannot unsubscribe at the broker from a group");
	}

	public CompletionStage<Acceptance> publish(Publication publication) {
		return call(() -> this.broker.publish(publication));
	}

	public CompletionStage<History> history(String group) {
		return call(() -> this.broker.history(group, null));
	}

	public CompletionStage<Position> position(String group) {
		return call(() -> this.broker.position(group));
	}

	public CompletionStage<Map<String, List<BrokerMessage>>> histories(int maxGroups) {
		return call(() -> this.broker.histories(maxGroups));
	}

	public CompletionStage<Void> clearHistories() {
		return call(this.broker::clearHistories);
	}

	public CompletionStage<Boolean> sendTo(String channelId, Payload payload) {
		return call(() -> this.broker.sendTo(channelId, payload));
	}

	/**
	 * Send a command to all other nodes. Nobody waits for the outcome. Nodes that have
	 * not answered are logged.
	 * @param command the command
	 */
	public void command(NodeCommand command) {
		CompletionStage<Set<String>> missing = call(() -> this.broker.command(command));
		missing.thenAccept(this::logMissing);
		logFailure(missing, "Cannot send a command to other nodes");
	}

	private void logMissing(Set<String> nodes) {
		String line = nodes.isEmpty() ? null
				: this.throttle.pass("missing", "Nodes have not answered a command: " + nodes, this.time.nanoTime());
		if (line != null) {
			logger.warn(line);
		}
	}

	/**
	 * Make a call for whose outcome nobody waits.
	 * @param call the call
	 */
	public void tell(Supplier<CompletionStage<Void>> call) {
		logFailure(call(call), "Cannot tell the broker who is in a group");
	}

	private void logFailure(CompletionStage<?> stage, String message) {
		stage.whenComplete((result, failure) -> {
			String line = (failure != null) ? this.throttle.pass(message, message, this.time.nanoTime()) : null;
			if (line != null) {
				logger.error(line, failure);
			}
		});
	}

	private static <T> CompletionStage<T> call(Supplier<CompletionStage<T>> call) {
		try {
			CompletionStage<T> stage = call.get();
			return (stage != null) ? stage
					: CompletableFuture.failedStage(new IllegalStateException("The broker has returned no stage"));
		}
		catch (Throwable ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

}
