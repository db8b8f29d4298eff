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

package io.nexios.ws.docs;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;

/**
 * The examples of the README for channels, groups, history and events.
 *
 * @author Nexios Team
 */
class GroupExample {

	private static final Log logger = LogFactory.getLog(GroupExample.class);

	// tag::channel[]
	void ticker(WebSocket ws, ChannelBox channels) {
		ws.accept();
		Channel prices = Channel.builder(ws)
			.payloadType(PayloadType.TEXT)
			.metadata(Map.of("symbol", ws.pathParam("symbol")))
			.build();
		channels.addChannelToGroup(prices, "prices");
		ws.awaitDisconnect();
	}
	// end::channel[]

	// tag::history[]
	List<String> transcript(ChannelBox channels, String room) {
		return channels.showHistory(room).stream().map((message) -> message.payload(ChatMessage.class).text()).toList();
	}
	// end::history[]

	// tag::resume[]
	void room(WebSocket ws, ChannelBox channels) {
		ws.accept();
		JoinOptions options = JoinOptions.create().withHistory().withPositions().resume();
		JoinResult result = channels.join(Channel.of(ws), ws.pathParam("room"), options);
		logger.debug("The page has missed " + result.missed() + " messages: " + result.recovery());
		ws.awaitDisconnect();
	}
	// end::resume[]

	// tag::typed[]
	void catchUp(WebSocket ws, ChannelBox channels, List<ChatEvent> events) {
		ParameterizedTypeReference<List<ChatEvent>> type = new ParameterizedTypeReference<>() {
		};
		ws.sendJson(events, type);
		channels.groupSend("archive", events, type);
	}
	// end::typed[]

	// tag::unavailable[]
	void say(WebSocket ws, ChannelBox channels, ChatMessage message) {
		try {
			channels.groupSend("lobby", message, SendOptions.create().saveHistory());
		}
		catch (SendOutcomeUnknownException ex) {
			ws.sendJson(new PerhapsSent(message.text()));
		}
		catch (GroupsUnavailableException ex) {
			ws.sendJson(new NotSent(message.text()));
		}
	}
	// end::unavailable[]

	/**
	 * What happens in a chat, with a type in its JSON.
	 */
	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
	interface ChatEvent {

	}

	/**
	 * A message of the chat.
	 *
	 * @param from who sends it
	 * @param text what is said
	 */
	record ChatMessage(String from, String text) {

	}

	/**
	 * Tells the sender that nobody has received a message.
	 *
	 * @param notSent what was said
	 */
	record NotSent(String notSent) {

	}

	/**
	 * Tells the sender that the others may have received a message, or may not.
	 *
	 * @param perhapsSent what was said
	 */
	record PerhapsSent(String perhapsSent) {

	}

	/**
	 * Something that happens in the application.
	 *
	 * @param id the order
	 */
	record OrderShipped(long id) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Chat {

		// tag::group[]
		@Bean
		WSRouter chat(ChannelBox channels) {
			return new WSRouter("/ws").addWsRoute("/chat/{room}", (ws) -> {
				ws.accept();
				String room = ws.pathParam("room");
				channels.joinWithHistory(Channel.of(ws), room);
				for (ChatMessage message : ws.jsons(ChatMessage.class)) {
					try {
						channels.groupSend(room, message, SendOptions.create().saveHistory());
					}
					catch (GroupsUnavailableException ex) {
						ws.sendJson(new NotSent(message.text()));
					}
				}
			});
		}
		// end::group[]

	}

	// tag::events[]
	@Component
	class Shipping {

		private final ChannelBox channels;

		Shipping(ChannelBox channels) {
			this.channels = channels;
		}

		@EventListener
		void shipped(OrderShipped event) {
			this.channels.groupSend("shipments", event);
		}

	}
	// end::events[]

}
