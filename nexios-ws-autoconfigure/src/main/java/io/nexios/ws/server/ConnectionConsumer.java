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

package io.nexios.ws.server;

import java.lang.reflect.Type;

import io.nexios.ws.WSMessage;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.consumer.ConsumerConnection;

/**
 * What a connection offers to its consumer.
 *
 * @author Nexios Team
 */
final class ConnectionConsumer implements ConsumerConnection {

	private final Connection connection;

	private final ConnectionChannels channels;

	private final ServerEnvironment environment;

	ConnectionConsumer(Connection connection, ConnectionChannels channels, ServerEnvironment environment) {
		this.connection = connection;
		this.channels = channels;
		this.environment = environment;
	}

	@Override
	public ChannelBox channelBox() {
		return this.environment.channelBox();
	}

	@Override
	public void setDefaultPayloadType(PayloadType payloadType) {
		this.channels.setDefaultPayloadType(payloadType);
	}

	@Override
	public void dispatchTo(Target target) {
		this.connection.dispatchTo(target);
	}

	@Override
	public void startDispatch() {
		this.connection.startDispatch();
	}

	@Override
	public Object decode(WSMessage message, PayloadType payloadType, Type type) {
		return switch (payloadType) {
			case JSON -> this.environment.json().decode(message, type);
			case TEXT -> MessageContent.text(message);
			case BYTES -> MessageContent.bytes(message);
		};
	}

}
