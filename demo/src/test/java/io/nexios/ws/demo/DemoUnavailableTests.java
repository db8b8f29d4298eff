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
package io.nexios.ws.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.Publication;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import io.nexios.ws.server.group.DelegatingBroker;
import io.nexios.ws.server.handler.LocalServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the demo while its groups are unavailable.
 *
 * @author Nexios Team
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class DemoUnavailableTests {

	private static final String HELLO = "{\"type\": \"message\", \"text\": \"Hello\"}";

	@Autowired
	private FailingBroker broker;

	@LocalServerPort
	private int port;

	@Test
	void chatTellsTheSenderThatTheMessageWasNotSentAndGoesOn() throws Exception {
		try (DemoClient ada = enter()) {
			fail(new GroupsUnavailableException("on purpose", null));
			ada.send(HELLO);
			JsonNode unsent = ada.next("unsent");
			assertThat(unsent.get("text").stringValue()).isEqualTo("Hello");
			assertThat(unsent.get("unknown").booleanValue()).isFalse();
			this.broker.failure = null;
			ada.send(HELLO);
			assertThat(ada.next("message").get("text").stringValue()).isEqualTo("Hello");
		}
	}

	@Test
	void chatTellsTheSenderThatTheOutcomeIsUnknown() throws Exception {
		try (DemoClient ada = enter()) {
			fail(new SendOutcomeUnknownException("on purpose", null));
			ada.send(HELLO);
			assertThat(ada.next("unsent").get("unknown").booleanValue()).isTrue();
		}
	}

	@Test
	void chatTellsTheSenderOfAPrivateMessage() throws Exception {
		try (DemoClient ada = enter()) {
			fail(new GroupsUnavailableException("on purpose", null));
			ada.send("{\"type\": \"private\", \"to\": \"%s\", \"text\": \"Psst\"}".formatted(ada.id()));
			assertThat(ada.next("unsent").get("text").stringValue()).isEqualTo("Psst");
		}
	}

	@Test
	void notificationThatCannotBeSentIsServiceUnavailable() throws Exception {
		fail(new GroupsUnavailableException("on purpose", null));
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/notifications"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"text\": \"Backup done\"}"))
			.build();
		assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(503);
	}

	@AfterEach
	void recover() {
		this.broker.failure = null;
	}

	private DemoClient enter() throws Exception {
		DemoClient client = new DemoClient(
				URI.create("ws://localhost:" + this.port + "/ws/chat/unavailable-" + System.nanoTime() + "?name=Ada"));
		client.welcome();
		return client;
	}

	private void fail(GroupsUnavailableException failure) {
		this.broker.failure = failure;
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class BrokerConfiguration {

		@Bean
		FailingBroker broker() {
			return new FailingBroker();
		}

	}

	static final class FailingBroker extends DelegatingBroker {

		private volatile @Nullable GroupsUnavailableException failure;

		FailingBroker() {
			super(LocalServer.broker(100));
		}

		@Override
		public CompletionStage<Acceptance> publish(Publication publication) {
			GroupsUnavailableException failure = this.failure;
			return (failure != null) ? CompletableFuture.failedStage(failure) : super.publish(publication);
		}

	}

}
