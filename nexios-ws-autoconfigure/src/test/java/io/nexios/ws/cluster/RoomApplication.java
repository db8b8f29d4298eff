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

package io.nexios.ws.cluster;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.JoinOptions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application with rooms. A page joins one, and goes on where it was. Writers of
 * another JVM send, and are told the outcomes.
 *
 * @author Nexios Team
 */
@Configuration(proxyBeanMethods = false)
class RoomApplication {

	@Bean
	WSRouter rooms(ChannelBox channels, GroupBroker broker) {
		WSRouter router = new WSRouter();
		router.addWsRoute("/rooms/{room}", (ws) -> serve(ws, channels));
		router.addWsRoute("/write/{room}", (ws) -> write(ws, channels));
		router.addWsRoute("/state", (ws) -> tellState(ws, broker));
		return router;
	}

	private static void serve(WebSocket ws, ChannelBox channels) {
		ws.accept();
		channels.join(Channel.of(ws), ws.pathParam("room"), JoinOptions.create().withPositions().resume());
		ws.awaitDisconnect();
	}

	private static void write(WebSocket ws, ChannelBox channels) {
		ws.accept();
		RoomSender sender = new RoomSender(channels);
		for (String text : ws.texts()) {
			ws.sendText(sender.send(ws.pathParam("room"), text).name());
		}
	}

	private static void tellState(WebSocket ws, GroupBroker broker) {
		ws.accept();
		ws.sendText(broker.state().level().name());
	}

}
