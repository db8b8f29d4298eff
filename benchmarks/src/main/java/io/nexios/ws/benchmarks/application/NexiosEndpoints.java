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

package io.nexios.ws.benchmarks.application;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.consumer.WebSocketConsumer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The endpoints with Nexios WS.
 *
 * @author Nexios Team
 */
@Configuration(proxyBeanMethods = false)
class NexiosEndpoints {

	private static final String GROUP = "group";

	@Bean
	WSRouter nexios(ChannelBox channels) {
		return new WSRouter("/nexios").addWsRoute("/echo", NexiosEndpoints::echo)
			.addWsRoute(WebSocketConsumer.asRoute("/consumer", EchoConsumer::new))
			.addWsRoute("/group", (ws) -> group(ws, channels))
			.addWsRoute("/publish", (ws) -> publish(ws, channels, SendOptions.create()))
			.addWsRoute("/publish/saved", (ws) -> publish(ws, channels, SendOptions.create().saveHistory()))
			.addWsRoute("/groups/{count}", (ws) -> groups(ws, channels));
	}

	private static void echo(WebSocket ws) {
		ws.accept();
		for (String text : ws.texts()) {
			ws.sendText(text);
		}
	}

	private static void group(WebSocket ws, ChannelBox channels) {
		ws.accept();
		Channel channel = Channel.builder(ws).payloadType(PayloadType.TEXT).build();
		channels.addChannelToGroup(channel, GROUP);
		for (String text : ws.texts()) {
			channels.groupSend(GROUP, text);
		}
	}

	private static void publish(WebSocket ws, ChannelBox channels, SendOptions options) {
		ws.accept();
		for (String text : ws.texts()) {
			channels.groupSendAsync(GROUP, text, options);
		}
	}

	private static void groups(WebSocket ws, ChannelBox channels) {
		ws.accept();
		Channel channel = Channel.builder(ws).payloadType(PayloadType.TEXT).build();
		int count = Integer.parseInt(ws.pathParam("count"));
		for (int i = 0; i < count; i++) {
			channels.addChannelToGroup(channel, GROUP + count + "-" + i);
		}
		ws.awaitDisconnect();
	}

	/**
	 * The echo with callbacks.
	 */
	private static final class EchoConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onReceive(WebSocket ws, String text) {
			ws.sendText(text);
		}

	}

}
