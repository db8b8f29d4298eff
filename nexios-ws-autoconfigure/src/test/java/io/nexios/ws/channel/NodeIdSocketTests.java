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

package io.nexios.ws.channel;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.server.group.DelegatingBroker;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids of connections and channels on one of several nodes.
 *
 * @author Nexios Team
 */
@Timeout(60)
class NodeIdSocketTests {

	private static final String NODE = "0123456789abcdef";

	private static final String OF_NODE = NODE + "\\.[0-9a-f]{32}";

	private static final String ONE_NODE = "[0-9a-f]{32}";

	@RegisterExtension
	static final SocketServer server = new SocketServer(Nodes.class, Routes.class)
		.with("management.endpoints.web.exposure.include=nexiosws");

	@Test
	void connectionAndItsDefaultChannelHaveTheIdOfTheNode() {
		try (RawWs client = server.connect("/handler")) {
			String id = client.readText();
			assertThat(id).matches(OF_NODE);
			client.expectText(id);
		}
	}

	@Test
	void additionalChannelHasTheIdOfTheNode() {
		try (RawWs client = server.connect("/handler")) {
			String id = client.readText();
			client.readText();
			assertThat(client.readText()).matches(OF_NODE).isNotEqualTo(id);
		}
	}

	@Test
	void loggingContextHasTheIdOfTheConnection() {
		try (RawWs client = server.connect("/handler")) {
			String id = client.readText();
			client.readText();
			client.readText();
			client.expectText(id);
		}
	}

	@Test
	void channelOfAConsumerHasTheIdOfTheNode() {
		try (RawWs client = server.connect("/consumer")) {
			client.sendText("id");
			assertThat(client.readText()).matches(OF_NODE);
		}
	}

	@Test
	void messageForAChannelFindsIt() {
		try (RawWs client = server.connect("/handler")) {
			client.readText();
			client.readText();
			String channel = client.readText();
			client.readText();
			assertThat(server.bean(ChannelBox.class).sendTo(channel, "hello")).isTrue();
			client.expectText("\"hello\"");
			assertThat(server.bean(ChannelBox.class).sendTo(NODE + ".0", "hello")).isFalse();
		}
	}

	@Test
	void endpointShowsAndClosesAConnection() throws Exception {
		try (RawWs client = server.connect("/consumer")) {
			client.sendText("id");
			String id = client.readText();
			HttpResponse<String> shown = endpoint("GET", id);
			assertThat(shown.statusCode()).isEqualTo(200);
			assertThat(shown.body()).contains("\"id\":\"" + id + "\"");
			assertThat(endpoint("DELETE", id).statusCode()).isEqualTo(204);
			client.expectClose(1001);
			client.sendClose(1001, "");
		}
	}

	private static HttpResponse<String> endpoint(String method, String id) throws Exception {
		URI uri = URI.create("http://localhost:" + server.port() + "/actuator/nexiosws/" + id);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
					BodyHandlers.ofString());
	}

	@Test
	void onlyNodeHasNoId() {
		try (TestServer alone = TestServer.start(Routes.class); RawWs client = alone.connect("/handler")) {
			String id = client.readText();
			assertThat(id).matches(ONE_NODE);
			client.expectText(id);
			assertThat(client.readText()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
			client.sendText("bye");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Nodes {

		@Bean
		GroupBroker broker() {
			return new DelegatingBroker(LocalServer.broker(10)) {

				@Override
				public String nodeId() {
					return NODE;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/handler", (ws) -> {
				ws.accept();
				ws.sendText(ws.id());
				ws.sendText(Channel.of(ws).id());
				ws.sendText(Channel.builder(ws).build().id());
				ws.sendText(MDC.get("nexios.ws.connection"));
				ws.awaitDisconnect();
			});
		}

		@Bean
		WebSocketRoute consumer() {
			return WebSocketConsumer.asRoute("/consumer", IdConsumer::new);
		}

	}

	static class IdConsumer extends WebSocketConsumer<String> {

		@Override
		protected void onReceive(WebSocket ws, String message) {
			ws.sendText(channel().id());
		}

	}

}
