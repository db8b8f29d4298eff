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

package io.nexios.ws.server.channel;

import java.time.Duration;
import java.time.Instant;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.thread.WallClockTimer;

import org.springframework.web.socket.CloseStatus;

/**
 * Closes the connection of a channel that expires. Each such channel has one timer. It is
 * set to the time at which the channel would expire. If there has been activity by then,
 * the timer is set again. The end of the connection cancels the timer, so that the timer
 * keeps no object in memory.
 *
 * @author Nexios Team
 */
final class ChannelExpiry implements Runnable {

	private final Channel channel;

	private final ServerChannelConnection connection;

	private final WallClockTimer timer;

	private ChannelExpiry(Channel channel, ServerChannelConnection connection, ServerThreads threads) {
		this.channel = channel;
		this.connection = connection;
		this.timer = new WallClockTimer(this, threads);
	}

	static void watch(Channel channel, ServerChannelConnection connection, ServerThreads threads) {
		if (channel.expiresAt() != null) {
			connection.trackActivity();
			ChannelExpiry expiry = new ChannelExpiry(channel, connection, threads);
			connection.whenEnded(expiry.timer::cancel);
			expiry.run();
		}
	}

	@Override
	public void run() {
		Instant expiresAt = this.channel.expiresAt();
		if (expiresAt == null || !this.connection.isOpen()) {
			return;
		}
		Duration remaining = Duration.between(Instant.now(), expiresAt);
		if (remaining.isNegative() || remaining.isZero()) {
			this.channel.close(CloseStatus.GOING_AWAY.getCode(), "Channel expired");
		}
		else {
			this.timer.set(remaining);
		}
	}

}
