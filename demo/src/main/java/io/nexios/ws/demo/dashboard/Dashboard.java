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

package io.nexios.ws.demo.dashboard;

import java.util.concurrent.TimeUnit;

import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.SendOptions;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes the figures once per second. They are for all open dashboards, and for dashboards
 * that are opened later.
 *
 * @author Nexios Team
 */
@Component
class Dashboard {

	static final String GROUP = "dashboard";

	private final ChannelBox channels;

	private final OpenConnections connections;

	Dashboard(ChannelBox channels, OpenConnections connections) {
		this.channels = channels;
		this.connections = connections;
	}

	@Scheduled(fixedRate = 1, timeUnit = TimeUnit.SECONDS)
	void push() {
		JvmFigures figures = JvmFigures.take(this.connections.count());
		// If these are not sent, the next ones follow in a second
		this.channels.groupSendAsync(GROUP, figures, SendOptions.create().saveHistory());
	}

}
