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

package io.nexios.ws.behaviour.messages;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.nexios.ws.TypedJson;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDecorator;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.GroupMessage;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The JSON of values of generic types on the wire.
 *
 * @author Nexios Team
 */
class TypedJsonSocketTests {

	private static final ParameterizedTypeReference<List<Event>> EVENTS = new ParameterizedTypeReference<>() {
	};

	private static final List<Event> VALUE = List.of(new Opened("ada"), new Closed(7));

	private static final String JSON = "[{'type':'opened','by':'ada'},{'type':'closed','after':7}]".replace('\'', '"');

	@RegisterExtension
	static final SocketServer server = new SocketServer(Application.class);

	@Test
	void controllerWritesTheSame() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/events"))
			.build();
		assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body()).isEqualTo(JSON);
	}

	@Test
	void connectionSendsTypeIds() {
		server.serve((ws) -> {
			ws.accept();
			ws.sendJson(VALUE, EVENTS);
			ws.sendJsonBytes(VALUE, EVENTS);
		});
		expectTextAndBytes();
	}

	@Test
	void decoratorSendsTypeIds() {
		server.serve((ws) -> {
			WebSocket wrapper = new WebSocketDecorator(ws);
			wrapper.accept();
			wrapper.sendJson(VALUE, EVENTS);
			wrapper.sendJsonBytes(VALUE, EVENTS);
		});
		expectTextAndBytes();
	}

	private static void expectTextAndBytes() {
		try (RawWs client = server.connect()) {
			client.expectText(JSON);
			client.expectBinary(JSON.getBytes(StandardCharsets.UTF_8));
			client.expectClose(1000);
		}
	}

	@Test
	void rejectionHasTypeIds() {
		server.serve((ws) -> ws.reject(ResponseEntity.badRequest().body(TypedJson.of(VALUE, EVENTS))));
		try (RawWs client = server.handshake().send()) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.body()).isEqualTo(JSON);
		}
	}

	@Test
	void channelsAndGroupsSendTypeIds() {
		ChannelBox box = server.bean(ChannelBox.class);
		server.serve((ws) -> {
			ws.accept();
			Channel channel = Channel.of(ws);
			Channel bytes = Channel.builder(ws).payloadType(PayloadType.BYTES).build();
			box.addChannelToGroup(channel, "typed");
			channel.send(VALUE, EVENTS);
			bytes.send(VALUE, EVENTS);
			box.groupSend("typed", VALUE, EVENTS);
			box.groupSend("typed", VALUE, EVENTS, SendOptions.create().saveHistory());
			box.groupSend("typed", VALUE, EVENTS, SendOptions.create().except(channel.id()));
			box.sendTo(channel.id(), VALUE, EVENTS);
			assertThat(channel.receiveJson(EVENTS)).isEqualTo(VALUE);
		});
		try (RawWs client = server.connect()) {
			client.expectText(JSON);
			client.expectBinary(JSON.getBytes(StandardCharsets.UTF_8));
			client.expectText(JSON);
			client.expectText(JSON);
			client.expectText(JSON);
			client.sendText(JSON);
			client.expectClose(1000);
		}
		assertThat(box.showHistory("typed")).singleElement()
			.extracting((GroupMessage message) -> message.payload(EVENTS))
			.isEqualTo(VALUE);
	}

	@Test
	void consumerSendsTypeIds() {
		try (RawWs client = server.connect("/consumer")) {
			client.sendText(JSON);
			client.expectText(JSON);
			client.expectText(JSON);
			client.expectText(JSON);
		}
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
	sealed interface Event {

	}

	@JsonTypeName("opened")
	record Opened(String by) implements Event {

	}

	@JsonTypeName("closed")
	record Closed(int after) implements Event {

	}

	static class Echo extends WebSocketConsumer<List<Event>> {

		@Override
		protected void onConnect(WebSocket ws) {
			ws.accept();
			joinGroup("echo");
		}

		@Override
		protected void onReceive(WebSocket ws, List<Event> data) {
			broadcast("echo", data, EVENTS);
			broadcast("echo", data, EVENTS, SendOptions.create());
			sendTo(channel().id(), data, EVENTS);
		}

	}

	@RestController
	static class Events {

		@GetMapping("/events")
		List<Event> events() {
			return VALUE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Events events() {
			return new Events();
		}

		@Bean
		WebSocketRoute echo() {
			return WebSocketConsumer.asRoute("/consumer", Echo::new);
		}

	}

}
