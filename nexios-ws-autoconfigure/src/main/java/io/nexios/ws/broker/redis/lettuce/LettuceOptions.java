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

package io.nexios.ws.broker.redis.lettuce;

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;

/**
 * The options of the client. With Lettuce's own, requests that were on their way are sent
 * again by themselves, and are executed twice.
 *
 * @author Nexios Team
 */
public final class LettuceOptions {

	/**
	 * How long each step of opening a connection may take.
	 */
	public static final Duration STEP_TIMEOUT = Duration.ofSeconds(2);

	private LettuceOptions() {
	}

	/**
	 * Return options for {@link LettuceConnector}.
	 * @param options the options of the application. TLS and the settings of sockets are
	 * taken from them
	 * @return the options
	 */
	public static ClientOptions of(ClientOptions options) {
		return options.mutate()
			.autoReconnect(false)
			.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.requestQueueSize(Integer.MAX_VALUE)
			.timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
			.protocolVersion(ProtocolVersion.RESP3)
			.maintNotificationsConfig(MaintNotificationsConfig.disabled())
			.socketOptions(socket(options.getSocketOptions()))
			.build();
	}

	private static SocketOptions socket(SocketOptions options) {
		boolean shorter = options.getConnectTimeout().compareTo(STEP_TIMEOUT) < 0;
		return shorter ? options : options.mutate().connectTimeout(STEP_TIMEOUT).build();
	}

}
