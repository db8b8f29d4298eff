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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.GroupSendStatus;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.group.ControlledBroker.Call;
import io.nexios.ws.server.handler.LocalServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What applications attach to stages of the groups.
 *
 * @author Nexios Team
 */
@Timeout(30)
class AsyncSendTests {

	private final ControlledBroker broker = new ControlledBroker();

	private final LocalServer server = LocalServer.with(this.broker).build();

	private final BrokerChannelBox box = this.server.box();

	private final GroupClient client = GroupClient.connect(this.server);

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void attachedActionRunsOnAThreadOfTheServerAndMayBlock() throws Exception {
		this.broker.hold(Call.PUBLISH, Call.SUBSCRIBE, Call.HISTORY);
		CompletableFuture<Thread> runs = new CompletableFuture<>();
		CompletableFuture<ChannelAddStatus> joined = new CompletableFuture<>();
		this.box.groupSendAsync("g", "x", SendOptions.create()).thenAccept((status) -> {
			runs.complete(Thread.currentThread());
			joined.complete(this.client.join("g", JoinOptions.create().withHistory()).status());
		});
		runOnEngine();
		String name = runs.get(10, TimeUnit.SECONDS).getName();
		assertThat(name).startsWith("nexios-ws-").doesNotContain("clock");
		// The engine answers the call that the action waits for
		for (int round = 0; !joined.isDone() && round < 1_000; round++) {
			runOnEngine();
			Thread.yield();
		}
		assertThat(joined.get(10, TimeUnit.SECONDS)).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
	}

	private void runOnEngine() throws InterruptedException {
		Thread engine = new Thread(this.broker::release, "engine");
		engine.start();
		engine.join(10_000);
		assertThat(engine.isAlive()).as("The engine's thread is held").isFalse();
	}

	@Test
	void actionsThatBlockDoNotHoldEachOtherUp() throws Exception {
		CountDownLatch goOn = new CountDownLatch(1);
		CountDownLatch started = new CountDownLatch(10);
		this.broker.hold(Call.PUBLISH);
		for (int i = 0; i < 10; i++) {
			this.box.groupSendAsync("g", i, SendOptions.create()).thenAccept((status) -> {
				started.countDown();
				await(goOn);
			});
		}
		runOnEngine();
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		goOn.countDown();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void stageOfABrokerThatAnswersAtOnceIsComplete() {
		assertThat(this.box.groupSendAsync("g", "x", SendOptions.create()).toCompletableFuture())
			.isCompletedWithValue(GroupSendStatus.NO_SUCH_GROUP);
	}

	@Test
	void messagesKeepTheOrderOfTheirSender() {
		this.client.join("g", JoinOptions.create());
		for (int i = 0; i < 100; i++) {
			this.box.groupSendAsync("g", i, SendOptions.create());
		}
		assertThat(this.client.outline(100).stream().map(Integer::parseInt)).isSorted().hasSize(100);
	}

}
