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

package io.nexios.ws.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.channel.Present;
import org.jspecify.annotations.Nullable;

/**
 * Transports the messages of groups, gives them one order, and keeps their histories.
 * <p>
 * No method waits. Each method returns a stage, which may complete on any thread, also on
 * the one that delivers messages. The caller waits for a stage for {@link #timeout()} at
 * most. The broker does not know the members of groups. Calls for one group take effect
 * in the order in which they were made.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface GroupBroker extends AutoCloseable {

	/**
	 * Start delivering messages. Called once, before any other method. Returns at once,
	 * whether the broker can be reached or not.
	 * @param subscriber receives the messages of subscribed groups
	 */
	void start(Subscriber subscriber);

	/**
	 * Return the id of this node. The ids of its connections and channels begin with it
	 * and a dot, so that other nodes can send to them. It is always the same.
	 * @return the id, with at most 64 letters, digits, hyphens and underscores, or empty
	 * if there is one node
	 */
	default String nodeId() {
		return "";
	}

	/**
	 * Return whether this broker works.
	 * @return the state at this moment
	 */
	default BrokerState state() {
		return BrokerState.UP;
	}

	/**
	 * Return how long the groups wait for a stage at most.
	 * @return the time
	 */
	default Duration timeout() {
		return Duration.ofSeconds(2);
	}

	/**
	 * Subscribe to a group. A second subscription has no effect.
	 * @param group the group
	 * @return a stage that completes with the end of the saved messages. Every message
	 * accepted after that position will be delivered to this node, or will be reported as
	 * lost. The stage completes before the first message is delivered. If it is already
	 * complete when this method returns, other threads may deliver messages before the
	 * caller handles it
	 */
	CompletionStage<Position> subscribe(String group);

	/**
	 * Unsubscribe from a group.
	 * @param group the group
	 * @return a stage that completes when no message accepted from then on will be
	 * delivered to this node
	 */
	CompletionStage<Void> unsubscribe(String group);

	/**
	 * Publish a message. The messages that one thread publishes to one group keep their
	 * order.
	 * @param publication the message
	 * @return a stage that completes when the broker has accepted the message
	 */
	CompletionStage<Acceptance> publish(Publication publication);

	/**
	 * Return saved messages of a group. If the broker knows nothing of the group, the
	 * history is empty and its end does not have to stay good.
	 * @param group the group
	 * @param after the position after which they begin, or {@code null} for all that are
	 * kept
	 * @return a stage that completes with the saved messages
	 */
	CompletionStage<History> history(String group, @Nullable Position after);

	/**
	 * Return the end of the saved messages of a group. Like a position from
	 * {@link #subscribe}, it stays good for some time, also if nobody subscribes to the
	 * group and nothing is saved.
	 * @param group the group
	 * @return a stage that completes with the position
	 */
	CompletionStage<Position> position(String group);

	/**
	 * Return all histories that are not empty.
	 * @param maxGroups the maximum number of groups
	 * @return a stage that completes with the saved messages by group
	 */
	CompletionStage<Map<String, List<BrokerMessage>>> histories(int maxGroups);

	/**
	 * Delete all histories. Offsets continue to increase in the same epoch. The end of a
	 * group stays good, and older positions do not.
	 * @return a stage that completes when the histories are deleted
	 */
	CompletionStage<Void> clearHistories();

	/**
	 * Send a payload to a channel of another node.
	 * @param channelId the channel
	 * @param payload the payload
	 * @return a stage that completes with whether another node has accepted the payload
	 */
	default CompletionStage<Boolean> sendTo(String channelId, Payload payload) {
		return CompletableFuture.completedStage(false);
	}

	/**
	 * Send a command to all other nodes.
	 * @param command the command
	 * @return a stage that completes with the nodes that have not answered
	 */
	default CompletionStage<Set<String>> command(NodeCommand command) {
		return CompletableFuture.completedStage(Set.of());
	}

	/**
	 * Return where the members of groups are counted and listed.
	 * @return the store
	 */
	default PresenceStore presence() {
		return PresenceStore.LOCAL;
	}

	/**
	 * Stop delivering messages and release all resources.
	 */
	@Override
	void close();

	/**
	 * The result of a publication that the broker has accepted.
	 *
	 * @param offset the offset of the message, 0 if the message was not saved, or -1 if
	 * the message had been accepted before and its offset is not known
	 * @param subscribed whether a node has subscribed to the group, or {@code true} if
	 * the broker does not know
	 */
	record Acceptance(long offset, boolean subscribed) {

	}

	/**
	 * Saved messages of a group.
	 *
	 * @param start the position before the first of the messages, or {@code end} if there
	 * are none, or {@code null} if the broker does not know it. Then a client whose
	 * position it is cannot resume, and a member that gets the messages has no position
	 * before the first of them
	 * @param messages the messages, the oldest first
	 * @param end the end of the saved messages of the group
	 * @param complete whether the message at the requested position is the one that the
	 * position names, and whether no message is missing between the requested position
	 * and {@code end}. If all messages were requested, whether none is missing after the
	 * first
	 */
	record History(@Nullable Position start, List<BrokerMessage> messages, Position end, boolean complete) {

		/**
		 * Create a history whose start is not known.
		 * @param messages the messages, the oldest first
		 * @param end the end of the saved messages of the group
		 * @param complete whether no message is missing
		 */
		public History(List<BrokerMessage> messages, Position end, boolean complete) {
			this(null, messages, end, complete);
		}

	}

	/**
	 * Messages that were accepted and will not be delivered, or may be missing.
	 *
	 * @param group the group
	 * @param last the position of the last delivered message
	 * @param next the position after which delivery goes on
	 * @param reason why messages may be missing
	 */
	record Loss(String group, Position last, Position next, Reason reason) {

		/**
		 * Why messages may be missing.
		 */
		public enum Reason {

			/**
			 * The broker has dropped messages before it could deliver them.
			 */
			RETENTION,

			/**
			 * The broker has lost the offsets of the group and began again.
			 */
			EPOCH,

			/**
			 * The broker has replaced messages that it had accepted.
			 */
			FORK,

			/**
			 * The broker has a message that it cannot read.
			 */
			UNREADABLE

		}

	}

	/**
	 * Receives what a broker delivers. The broker does not call the methods concurrently
	 * for one group. The methods do not block, do not publish and do not throw
	 * exceptions. They may call all other methods of the broker, but do not wait for
	 * their stages.
	 */
	@FunctionalInterface
	interface Subscriber {

		/**
		 * Handle a message of a subscribed group. Messages come in their order and
		 * without a gap.
		 * @param message the message
		 */
		void onMessage(BrokerMessage message);

		/**
		 * Handle a loss, in its place between the messages.
		 * @param loss the loss
		 */
		default void onLoss(Loss loss) {
		}

		/**
		 * Handle a payload for a channel of this node.
		 * @param channelId the channel
		 * @param payload the payload
		 * @return whether there is such a channel
		 */
		default boolean onDirect(String channelId, Payload payload) {
			return false;
		}

		/**
		 * Handle that a node has ended without taking its members back. One of the other
		 * nodes is told of each group.
		 * @param group the group
		 * @param present the members that were listed, at most 1,000
		 */
		default void onMembersLost(String group, List<Present> present) {
		}

		/**
		 * Handle a command of another node.
		 * @param command the command
		 */
		default void onCommand(NodeCommand command) {
		}

		/**
		 * Handle a change of the broker's state. This method is not called concurrently.
		 * @param state the new state
		 */
		default void onState(BrokerState state) {
		}

	}

}
