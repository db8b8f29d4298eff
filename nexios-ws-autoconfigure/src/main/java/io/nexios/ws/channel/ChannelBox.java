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

package io.nexios.ws.channel;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.TypedJson;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Groups of channels. A group exists as long as it has members. A channel leaves its
 * groups automatically when its connection ends. Any thread may call any method. No
 * method waits for a peer. A method that needs an answer of the {@code GroupBroker} waits
 * for it, for the timeout of the broker at most. An interrupt ends the wait with a
 * {@link io.nexios.ws.WebSocketInterruptedException}. It is not known then whether a
 * message was sent.
 * <p>
 * The messages of one thread reach a member in the order in which they were sent. All
 * members get the messages of a group in the same order. A member that is closed, slow or
 * failing does not affect the others.
 * <p>
 * The name of a group must not be empty, must have at most 200 characters, and must not
 * have control characters or half of a surrogate pair. Otherwise every method throws an
 * {@link IllegalArgumentException}.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface ChannelBox {

	/**
	 * Add a channel to a group. A channel whose handshake is not accepted yet also
	 * becomes a member. Its messages wait until the connection is open.
	 * @param channel the channel
	 * @param group the group, which need not exist
	 * @return the outcome. If the channel was added, it gets all messages that are sent
	 * afterwards
	 * @throws GroupsUnavailableException if the broker fails or does not answer. The
	 * channel was not added
	 */
	ChannelAddStatus addChannelToGroup(Channel channel, String group);

	/**
	 * Remove a channel from a group.
	 * @param channel the channel
	 * @param group the group
	 * @return the outcome. Messages sent afterwards do not reach the channel
	 */
	ChannelRemoveStatus removeChannelFromGroup(Channel channel, String group);

	/**
	 * Send the history of a group to a channel and add the channel to the group, without
	 * a gap and without a duplicate between the history and new messages. A channel whose
	 * handshake is not accepted yet also becomes a member. It gets the history and the
	 * messages that were sent meanwhile when the connection is open, before anything that
	 * its handler sends after {@code accept}.
	 * @param channel the channel
	 * @param group the group, which need not exist
	 * @return the outcome. Nothing is sent unless the channel was added
	 * @throws GroupsUnavailableException if the broker fails or does not answer. The
	 * channel was not added
	 */
	ChannelAddStatus joinWithHistory(Channel channel, String group);

	/**
	 * Add a channel to a group. The channel gets, in this order: the messages that its
	 * client has missed, or the history, if the options ask for it, and then all messages
	 * that are sent afterwards. Each message comes once. The messages of a channel whose
	 * handshake is not accepted yet wait until its connection is open.
	 * <p>
	 * A channel that is a member already ({@code CHANNEL_EXIST}) gets nothing, whatever
	 * the options. A channel whose connection ends meanwhile is not added
	 * ({@code CHANNEL_CLOSED}).
	 * @param channel the channel
	 * @param group the group, which need not exist
	 * @param options what the channel gets, and how
	 * @return the outcome
	 * @throws GroupsUnavailableException if the broker fails or does not answer. The
	 * channel was not added
	 * @throws IllegalArgumentException if the options ask for positions and the channel's
	 * payloads are not JSON, or if what the channel says about itself is not JSON of at
	 * most 1 KB
	 */
	JoinResult join(Channel channel, String group, JoinOptions options);

	/**
	 * Send a payload to all members of a group.
	 * @param group the group
	 * @param payload the payload, which is converted as described in {@link PayloadType}
	 * @return the outcome
	 * @throws tools.jackson.core.JacksonException if the payload cannot be written as
	 * JSON. No member has received it then
	 * @throws GroupsUnavailableException if the broker fails. If it does not answer, this
	 * is a {@link SendOutcomeUnknownException}
	 */
	GroupSendStatus groupSend(String group, Object payload);

	/**
	 * Send a payload to members of a group.
	 * @param group the group
	 * @param payload the payload, which is converted as described in {@link PayloadType}
	 * @param options the recipients, and whether the payload is saved
	 * @return the outcome
	 * @throws tools.jackson.core.JacksonException if the payload cannot be written as
	 * JSON. No member has received it then
	 * @throws GroupsUnavailableException if the broker fails. If it does not answer, this
	 * is a {@link SendOutcomeUnknownException}
	 */
	GroupSendStatus groupSend(String group, Object payload, SendOptions options);

	/**
	 * Send a payload to members of a group, without waiting for the broker. The messages
	 * that one thread sends to a group keep their order.
	 * @param group the group
	 * @param payload the payload, which is converted as described in {@link PayloadType}
	 * @param options the recipients, and whether the payload is saved
	 * @return a stage that completes with the outcome, or with a
	 * {@link GroupsUnavailableException}. What is attached to it runs on a thread of the
	 * server, or on the thread that attaches it. It may block
	 * @throws tools.jackson.core.JacksonException if the payload cannot be written as
	 * JSON. No member has received it then
	 */
	CompletionStage<GroupSendStatus> groupSendAsync(String group, Object payload, SendOptions options);

	/**
	 * Send a payload of a generic type to all members of a group.
	 * @param group the group
	 * @param payload the payload, converted to JSON
	 * @param type the type to write it as
	 * @return the outcome
	 * @throws IllegalArgumentException if the payload is not an instance of the type
	 * @since 0.1.0
	 * @see io.nexios.ws.WebSocket#sendJson(Object, ParameterizedTypeReference)
	 */
	default GroupSendStatus groupSend(String group, Object payload, ParameterizedTypeReference<?> type) {
		return groupSend(group, TypedJson.of(payload, type));
	}

	/**
	 * Send a payload of a generic type to members of a group.
	 * @param group the group
	 * @param payload the payload, converted to JSON
	 * @param type the type to write it as
	 * @param options the recipients, and whether the payload is saved
	 * @return the outcome
	 * @throws IllegalArgumentException if the payload is not an instance of the type
	 * @since 0.1.0
	 */
	default GroupSendStatus groupSend(String group, Object payload, ParameterizedTypeReference<?> type,
			SendOptions options) {
		return groupSend(group, TypedJson.of(payload, type), options);
	}

	/**
	 * Send a payload to one channel, whether it is in a group or not, on any node.
	 * Between nodes, this waits for the answer of the other node. The payload has no
	 * order with respect to the messages of groups then.
	 * @param channelId the channel
	 * @param payload the payload, which is converted as described in {@link PayloadType}
	 * @return whether there is such a channel and its connection has not ended.
	 * {@code false}, too, if the node of the channel is gone or does not listen at this
	 * moment
	 * @throws tools.jackson.core.JacksonException if the payload cannot be written as
	 * JSON
	 * @throws GroupsUnavailableException if the channel is one of another node and the
	 * broker fails. If it does not answer, this is a {@link SendOutcomeUnknownException}
	 */
	boolean sendTo(String channelId, Object payload);

	/**
	 * Send a payload of a generic type to one channel, whether it is in a group or not.
	 * @param channelId the channel
	 * @param payload the payload, converted to JSON
	 * @param type the type to write it as
	 * @return whether there is such a channel and its connection has not ended
	 * @throws IllegalArgumentException if the payload is not an instance of the type
	 * @since 0.1.0
	 */
	default boolean sendTo(String channelId, Object payload, ParameterizedTypeReference<?> type) {
		return sendTo(channelId, TypedJson.of(payload, type));
	}

	/**
	 * Return all groups.
	 * @return the current members on this node by group
	 */
	Map<String, Set<Channel>> showGroups();

	/**
	 * Return the members of a group.
	 * @param group the group
	 * @return the current members on this node, empty if there are none
	 */
	Set<Channel> channels(String group);

	/**
	 * Return how many members a group has, and who has joined with
	 * {@link JoinOptions#presentAs}. The members of this node are those of this moment.
	 * Those of other nodes may be half a second old. A node that has crashed counts until
	 * {@code nexios.ws.redis.lease} is over.
	 * @param group the group
	 * @return the members of all nodes
	 * @throws GroupsUnavailableException if the broker fails or does not answer
	 */
	GroupPresence presence(String group);

	/**
	 * Return the end of the saved messages of a group. A page that loads its state by
	 * HTTP asks for the position first, then loads the state, and then joins from that
	 * position.
	 * @param group the group, which need not have members
	 * @return the position, for {@link JoinOptions#resumeFrom}
	 * @throws GroupsUnavailableException if the broker fails or does not answer
	 */
	String position(String group);

	/**
	 * Return the history of a group.
	 * @param group the group, which need not have members
	 * @return the current messages, the oldest first
	 * @throws GroupsUnavailableException if the broker fails or does not answer
	 */
	List<GroupMessage> showHistory(String group);

	/**
	 * Return the histories of at most 1,000 groups. A warning is logged if there are
	 * more. This may take longer than the timeout of the broker.
	 * @return the current messages by group
	 * @throws GroupsUnavailableException if the broker fails
	 */
	Map<String, List<GroupMessage>> showHistory();

	/**
	 * Remove all channels of this node from all groups. Connections and histories are
	 * kept. This does not wait for the broker.
	 */
	void flushGroups();

	/**
	 * Delete the histories of all groups, each at its own moment. A position at the end
	 * of a group stays good, and older ones do not. Other nodes forget what they keep for
	 * resumes after 2 seconds at the latest. This may take longer than the timeout of the
	 * broker.
	 * @throws GroupsUnavailableException if the broker fails
	 */
	void flushHistory();

	/**
	 * Close every connection of all nodes with 1001. Each node closes them some at a
	 * time, at the pace of {@code nexios.ws.shutdown.batch-size} and
	 * {@code batch-interval}, so that their clients do not all come back at once. This
	 * does not wait for the end, nor for other nodes. A node that does not answer within
	 * 2 seconds is logged.
	 */
	void closeAllConnections();

}
