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

package io.nexios.ws.server.group.delivery;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.nexios.ws.broker.Position;
import io.nexios.ws.server.group.broker.BrokerCalls;
import io.nexios.ws.server.group.broker.Waits;
import io.nexios.ws.server.group.delivery.Group.SubscriptionCalls;
import io.nexios.ws.server.json.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * The groups of this node, and their subscriptions at the broker.
 *
 * @author Nexios Team
 */
public final class Groups {

	private final Map<String, Group> groups = new ConcurrentHashMap<>();

	private final BrokerCalls broker;

	private final Waits waits;

	private final JsonCodec json;

	public Groups(BrokerCalls broker, Waits waits, JsonCodec json) {
		this.broker = broker;
		this.waits = waits;
		this.json = json;
	}

	public @Nullable Group find(String name) {
		return this.groups.get(name);
	}

	public Map<String, Group> all() {
		return this.groups;
	}

	/**
	 * Hold a group, so that it is subscribed. {@link #release} has to follow.
	 * @param name the name of the group
	 * @return the group and its subscription
	 */
	public Held hold(String name) {
		while (true) {
			Group group = this.groups.computeIfAbsent(name, (key) -> new Group(new GroupEnvelope(key, this.json)));
			Subscription subscription = group.hold(new Calls(name, group));
			if (subscription != null) {
				makeCalls(name, group);
				return new Held(group, subscription);
			}
		}
	}

	/**
	 * Release a group.
	 * @param name the name of the group
	 * @param group the group
	 * @return whether nobody holds it any more
	 */
	public boolean release(String name, Group group) {
		boolean last = group.release(new Calls(name, group));
		makeCalls(name, group);
		return last;
	}

	/**
	 * Tell the broker something about a group, in the order of all calls for it.
	 * @param name the name of the group
	 * @param group the group, held by the caller
	 * @param call the call. A failure is logged
	 */
	public void tell(String name, Group group, Supplier<CompletionStage<Void>> call) {
		group.calls().add(() -> this.broker.tell(call));
		makeCalls(name, group);
	}

	private void makeCalls(String name, Group group) {
		group.calls().make();
		if (group.removeIfUnused()) {
			this.groups.remove(name, group);
		}
	}

	/**
	 * Forget the messages that joins share, of all groups.
	 */
	public void forgetRecentMessages() {
		this.groups.values().forEach(Group::forgetRecentMessages);
	}

	/**
	 * A group that is held.
	 *
	 * @param group the group
	 * @param subscription its subscription
	 */
	public record Held(Group group, Subscription subscription) {

	}

	/**
	 * Subscribes a group and unsubscribes it. Nobody waits for the outcome here.
	 */
	private final class Calls implements SubscriptionCalls {

		private final String name;

		private final Group group;

		Calls(String name, Group group) {
			this.name = name;
			this.group = group;
		}

		@Override
		public void subscribe(Subscription subscription) {
			Groups.this.waits.limit(Groups.this.broker.subscribe(this.name)).whenComplete((end, failure) -> {
				if (end != null) {
					subscribed(subscription, end);
				}
				else {
					notSubscribed(subscription, (failure != null) ? failure
							: new IllegalStateException("The broker has returned no position"));
				}
			});
		}

		private void subscribed(Subscription subscription, Position end) {
			this.group.subscribed(subscription, end);
			subscription.ready().complete(end);
		}

		private void notSubscribed(Subscription subscription, Throwable failure) {
			this.group.notSubscribed(subscription, this);
			subscription.ready().completeExceptionally(failure);
			makeCalls(this.name, this.group);
		}

		@Override
		public void unsubscribe() {
			Groups.this.broker.unsubscribe(this.name);
		}

	}

}
