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

import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.channel.SendOutcomeUnknownException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the demo while the broker of the groups does not work.
 *
 * @author Nexios Team
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(FailingBroker.class)
class UnavailableGroupsTests {

	@LocalServerPort
	private int port;

	@Autowired
	private FailingBroker broker;

	@AfterEach
	void repair() {
		this.broker.failWith(null);
	}

	@Test
	void chatTellsTheSenderThatAMessageWasNotSent() throws Exception {
		try (DemoClient ada = enter("Ada")) {
			this.broker.failWith(new GroupsUnavailableException("Test", null));
			ada.send("{\"type\": \"message\", \"text\": \"Lost\"}");
			JsonNode unsent = ada.next("unsent");
			assertThat(unsent.get("text").stringValue()).isEqualTo("Lost");
			assertThat(unsent.get("perhaps").booleanValue()).isFalse();
			this.broker.failWith(null);
			ada.send("{\"type\": \"message\", \"text\": \"Sent\"}");
			assertThat(ada.next("message").get("text").stringValue()).isEqualTo("Sent");
		}
	}

	@Test
	void chatTellsTheSenderThatAMessageMayHaveBeenSent() throws Exception {
		try (DemoClient ada = enter("Ada")) {
			this.broker.failWith(new SendOutcomeUnknownException("Test", null));
			ada.send("{\"type\": \"message\", \"text\": \"Where?\"}");
			assertThat(ada.next("unsent").get("perhaps").booleanValue()).isTrue();
		}
	}

	@Test
	void chatTellsTheSenderThatAPrivateMessageWasNotSent() throws Exception {
		try (DemoClient ada = enter("Ada"); DemoClient bob = enter("Bob")) {
			ada.next("joined");
			this.broker.failWith(new GroupsUnavailableException("Test", null));
			ada.send("{\"type\": \"private\", \"to\": \"%s\", \"text\": \"Psst\"}".formatted(bob.id()));
			assertThat(ada.next("unsent").get("text").stringValue()).isEqualTo("Psst");
		}
	}

	@Test
	void chatSaysNothingAboutATypingNoticeThatWasNotSent() throws Exception {
		try (DemoClient ada = enter("Ada")) {
			this.broker.failWith(new GroupsUnavailableException("Test", null));
			ada.send("{\"type\": \"typing\"}");
			ada.send("{\"type\": \"message\", \"text\": \"Lost\"}");
			assertThat(ada.next("unsent").get("text").stringValue()).isEqualTo("Lost");
		}
	}

	private DemoClient enter(String name) throws Exception {
		DemoClient client = new DemoClient(
				URI.create("ws://localhost:" + this.port + "/ws/chat/unavailable?name=" + name));
		client.welcome();
		return client;
	}

}
