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

package io.nexios.ws.consumer;

import java.lang.reflect.Type;

import io.nexios.ws.WSMessage;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.PayloadType;

/**
 * What a connection offers to a consumer, found by {@link io.nexios.ws.WebSocket#unwrap}.
 * Implemented by the server, not by applications.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface ConsumerConnection {

	/**
	 * Return the groups.
	 * @return the groups
	 */
	ChannelBox channelBox();

	/**
	 * Choose the payload type of the connection's default channel.
	 * @param payloadType the payload type
	 */
	void setDefaultPayloadType(PayloadType payloadType);

	/**
	 * From now on have messages dispatched instead of received. They wait until
	 * {@link #startDispatch()}.
	 * @param target gets the messages
	 */
	void dispatchTo(Target target);

	/**
	 * Begin to dispatch, unless that was done. Done anyway when the handler has ended.
	 */
	void startDispatch();

	/**
	 * Decode a message.
	 * @param message the message
	 * @param payloadType how it has to be encoded
	 * @param type the type to bind JSON to
	 * @return the text, the bytes, or the value
	 */
	Object decode(WSMessage message, PayloadType payloadType, Type type);

	/**
	 * Gets messages one after the other, on threads of the server.
	 */
	interface Target {

		/**
		 * A message arrived.
		 * @param message a text or a binary message
		 * @throws Exception any failure, which ends the connection
		 */
		void message(WSMessage message) throws Exception;

		/**
		 * The connection has ended. Called once, last, if it was ever open.
		 * @param code the close code
		 * @throws Exception any failure, which is logged
		 */
		void ended(int code) throws Exception;

		/**
		 * Nothing will be called any more, whether the connection was open or not.
		 */
		void released();

	}

}
