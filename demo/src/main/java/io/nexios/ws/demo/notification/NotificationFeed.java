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

package io.nexios.ws.demo.notification;

import io.nexios.ws.WSRoute;
import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Receives {@link Notification} events and sends them to WebSockets. The publisher of an
 * event does not need to know this class.
 *
 * @author Nexios Team
 */
@Component
class NotificationFeed {

	private static final String GROUP = "notifications";

	private final ChannelBox channels;

	NotificationFeed(ChannelBox channels) {
		this.channels = channels;
	}

	@WSRoute("/ws/notifications")
	void subscribe(WebSocket ws) {
		ws.accept();
		this.channels.addChannelToGroup(Channel.of(ws), GROUP);
		ws.awaitDisconnect();
	}

	@EventListener
	void push(Notification notification) {
		this.channels.groupSend(GROUP, notification);
	}

}
