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

import io.nexios.ws.TypedJson;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Groups of channels. A group exists as long as it has members; a channel leaves its
 * groups by itself when its connection ends. All methods may be called by any thread, and
 * none of them waits for a peer.
 * <p>
 * Messages of one thread reach a member in the order in which they were sent, and all
 * members get the messages of a group in the same order. A member that is closed, slow or
 * failing changes nothing for the others.
 * <p>
 * The name of a group is not empty, has at most 200 characters and no control characters;
 * otherwise every method throws an {@link IllegalArgumentException}.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface ChannelBox {

	/**
	 * Add a channel to a group. One whose handshake is not accepted yet becomes a member,
	 * too, and misses what is sent until the connection is open.
	 * @param channel the channel
	 * @param group the group, which need not exist
	 * @return the outcome; an open channel that was added gets all messages that are sent
	 * afterwards
	 */
	ChannelAddStatus addChannelToGroup(Channel channel, String group);

	/**
	 * Remove a channel from a group.
	 * @param channel the channel
	 * @param group the group
	 * @return the outcome; messages sent afterwards do not reach the channel
	 */
	ChannelRemoveStatus removeChannelFromGroup(Channel channel, String group);

	/**
	 * Send the history of a group to a channel and add it to the group, without a gap and
	 * without a duplicate between the two. One whose handshake is not accepted yet
	 * becomes a member, too; it gets the history as it is when the connection is open,
	 * before anything that its handler sends after it has accepted. What is sent without
	 * being saved until then is not part of that.
	 * @param channel the channel
	 * @param group the group, which need not exist
	 * @return the outcome; nothing is sent unless the channel was added
	 */
	ChannelAddStatus joinWithHistory(Channel channel, String group);

	/**
	 * Send a payload to all members of a group.
	 * @param group the group
	 * @param payload the payload, converted as {@link PayloadType} says
	 * @return the outcome
	 * @throws tools.jackson.core.JacksonException if the payload cannot be written as
	 * JSON; nobody has received it then
	 */
	GroupSendStatus groupSend(String group, Object payload);

	/**
	 * Send a payload to members of a group.
	 * @param group the group
	 * @param payload the payload, converted as {@link PayloadType} says
	 * @param options to whom, and whether the payload is kept
	 * @return the outcome
	 * @throws tools.jackson.core.JacksonException if the payload cannot be written as
	 * JSON; nobody has received it then
	 */
	GroupSendStatus groupSend(String group, Object payload, SendOptions options);

	/**
	 * Send a payload of a generic type to all members of a group.
	 * @param group the group
	 * @param payload the payload, converted to JSON
	 * @param type the type to write it as
	 * @return the outcome
	 * @throws IllegalArgumentException if the payload is not of the type
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
	 * @param options to whom, and whether the payload is kept
	 * @return the outcome
	 * @throws IllegalArgumentException if the payload is not of the type
	 * @since 0.1.0
	 */
	default GroupSendStatus groupSend(String group, Object payload, ParameterizedTypeReference<?> type,
			SendOptions options) {
		return groupSend(group, TypedJson.of(payload, type), options);
	}

	/**
	 * Send a payload to one channel, in a group or not.
	 * @param channelId the channel
	 * @param payload the payload, converted as {@link PayloadType} says
	 * @return whether there is such a channel and its connection has not ended
	 * @throws tools.jackson.core.JacksonException if the payload cannot be written as
	 * JSON
	 */
	boolean sendTo(String channelId, Object payload);

	/**
	 * Send a payload of a generic type to one channel, in a group or not.
	 * @param channelId the channel
	 * @param payload the payload, converted to JSON
	 * @param type the type to write it as
	 * @return whether there is such a channel and its connection has not ended
	 * @throws IllegalArgumentException if the payload is not of the type
	 * @since 0.1.0
	 */
	default boolean sendTo(String channelId, Object payload, ParameterizedTypeReference<?> type) {
		return sendTo(channelId, TypedJson.of(payload, type));
	}

	/**
	 * Return all groups.
	 * @return the members by group, as they are now
	 */
	Map<String, Set<Channel>> showGroups();

	/**
	 * Return the members of a group.
	 * @param group the group
	 * @return the members as they are now, empty if there is no such group
	 */
	Set<Channel> channels(String group);

	/**
	 * Return the history of a group.
	 * @param group the group, which need not have members
	 * @return the messages as they are now, the oldest first
	 */
	List<GroupMessage> showHistory(String group);

	/**
	 * Return the histories of all groups.
	 * @return the messages by group, as they are now
	 */
	Map<String, List<GroupMessage>> showHistory();

	/**
	 * Remove all channels from all groups. Connections and histories stay.
	 */
	void flushGroups();

	/**
	 * Forget the histories of all groups.
	 */
	void flushHistory();

	/**
	 * Close every connection of the server with 1001.
	 */
	void closeAllConnections();

}
