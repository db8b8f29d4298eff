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

package io.nexios.ws.server.group;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is published at the very moment between becoming a member and reading the history.
 *
 * @author Nexios Team
 */
class HistorySeamTests {

	private static final int HISTORY = 3;

	private final MeddlingBroker broker = new MeddlingBroker(broker(HISTORY));

	private final LocalServer server = new LocalServer(this.broker, JsonMapper.shared(), null);

	private final LocalConnection member = this.server.connect();

	GroupBroker broker(int maxMessages) {
		return LocalServer.broker(maxMessages);
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.broker.close();
	}

	@Test
	void savedMessagesOfTheSeamComeOnce() {
		save(1);
		joinWhile((box) -> {
			save(2);
			save(3);
		});
		save(4);
		expect("1", "2", "3", "4");
	}

	@Test
	void messagesOfTheSeamKeepTheirOrderSavedOrNot() {
		save(1);
		joinWhile((box) -> {
			box.groupSend("g", 2);
			save(3);
			box.groupSend("g", 4);
		});
		expect("1", "2", "3", "4");
	}

	@Test
	void messagesOfTheSeamThatTheHistoryHasLostAgainAreNotMissing() {
		save(1);
		joinWhile((box) -> {
			for (int i = 2; i <= 2 * HISTORY; i++) {
				save(i);
			}
		});
		save(7);
		expect("2", "3", "4", "5", "6", "7");
	}

	@Test
	void messagesOfTheSeamSurviveAFlush() {
		save(1);
		joinWhile((box) -> {
			save(2);
			box.flushHistory();
			save(3);
		});
		expect("2", "3");
	}

	@Test
	void messagesOfTheSeamThatAreForOthersAreLeftOut() {
		joinWhile((box) -> {
			box.groupSend("g", 1, SendOptions.create().saveHistory().except(this.member.ws().id()));
			save(2);
		});
		expect("2");
	}

	private void joinWhile(Consumer<BrokerChannelBox> meddling) {
		this.broker.beforeHistory = () -> meddling.accept(this.server.box());
		this.server.box().joinWithHistory(Channel.of(this.member.ws()), "g");
	}

	private void save(int number) {
		this.server.box().groupSend("g", number, SendOptions.create().saveHistory());
	}

	private void expect(String... messages) {
		Awaitility.await().until(() -> this.member.hasMessages(messages.length));
		assertThat(this.member.messages()).containsExactly((Object[]) messages);
	}

	private static final class MeddlingBroker extends DelegatingBroker {

		private Runnable beforeHistory = () -> {
		};

		MeddlingBroker(GroupBroker broker) {
			super(broker);
		}

		@Override
		public CompletionStage<History> history(String group, @Nullable Position after) {
			this.beforeHistory.run();
			return super.history(group, after);
		}

	}

}
