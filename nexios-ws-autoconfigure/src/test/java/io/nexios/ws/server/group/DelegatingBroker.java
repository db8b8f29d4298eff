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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.Publication;
import org.jspecify.annotations.Nullable;

/**
 * A broker that passes all calls to another one.
 *
 * @author Nexios Team
 */
public class DelegatingBroker implements GroupBroker {

	private final GroupBroker delegate;

	public DelegatingBroker(GroupBroker delegate) {
		this.delegate = delegate;
	}

	@Override
	public void start(Subscriber subscriber) {
		this.delegate.start(subscriber);
	}

	@Override
	public String nodeId() {
		return this.delegate.nodeId();
	}

	@Override
	public BrokerState state() {
		return this.delegate.state();
	}

	@Override
	public Duration timeout() {
		return this.delegate.timeout();
	}

	@Override
	public CompletionStage<Position> subscribe(String group) {
		return this.delegate.subscribe(group);
	}

	@Override
	public CompletionStage<Void> unsubscribe(String group) {
		return this.delegate.unsubscribe(group);
	}

	@Override
	public CompletionStage<Acceptance> publish(Publication publication) {
		return this.delegate.publish(publication);
	}

	@Override
	public CompletionStage<History> history(String group, @Nullable Position after) {
		return this.delegate.history(group, after);
	}

	@Override
	public CompletionStage<Position> position(String group) {
		return this.delegate.position(group);
	}

	@Override
	public CompletionStage<Map<String, List<BrokerMessage>>> histories(int maxGroups) {
		return this.delegate.histories(maxGroups);
	}

	@Override
	public CompletionStage<Void> clearHistories() {
		return this.delegate.clearHistories();
	}

	@Override
	public void close() {
		this.delegate.close();
	}

}
