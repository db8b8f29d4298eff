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

package io.nexios.ws.server.handler;

import java.lang.reflect.Type;

import io.nexios.ws.WSMessage;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.consumer.ConsumerConnection;
import io.nexios.ws.server.channel.ServerChannelConnection;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.ServerEnvironment;

/**
 * What a connection offers to its consumer.
 *
 * @author Nexios Team
 */
final class ServerConsumerConnection implements ConsumerConnection {

	private final Connection connection;

	private final ServerChannelConnection channels;

	private final ServerEnvironment environment;

	private HandlerScope scope = HandlerScope.PLAIN;

	ServerConsumerConnection(Connection connection, ServerChannelConnection channels, ServerEnvironment environment) {
		this.connection = connection;
		this.channels = channels;
		this.environment = environment;
	}

	/**
	 * Set how the consumer is run, before the handler starts.
	 * @param scope contexts and what failures mean
	 */
	void setScope(HandlerScope scope) {
		this.scope = scope;
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
		this.connection
			.dispatchTo(new ConsumerDispatch(this.connection, this.environment.threads(), this.scope, target));
	}

	@Override
	public void startDispatch() {
		this.connection.receiver().startDispatch();
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
