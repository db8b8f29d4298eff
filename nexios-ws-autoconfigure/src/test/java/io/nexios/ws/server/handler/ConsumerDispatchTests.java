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

package io.nexios.ws.server.handler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.handshake.HttpReply;
import io.nexios.ws.server.lifecycle.NoEvents;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.thread.ServerThreads;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Messages that go to a consumer.
 *
 * @author Nexios Team
 */
@Timeout(60)
class ConsumerDispatchTests {

	private final ServerThreads threads = new ServerThreads(10);

	private final ServerEnvironment environment = LocalConnection.environment(this.threads, new NoEvents(),
			mock(ChannelBox.class));

	private final RecordingTarget target = new RecordingTarget();

	@AfterEach
	void stop() {
		this.threads.close();
	}

	@Test
	void messagesWaitForTheStart() {
		LocalConnection local = dispatched();
		local.open();
		local.sendText("1");
		local.sendText("2");
		assertThat(this.target.events()).isEmpty();
		local.connection().receiver().startDispatch();
		this.target.awaitEvents("1", "2");
		local.sendText("3");
		this.target.awaitEvents("1", "2", "3");
	}

	@Test
	void messagesThatArrivedBeforeTheEndComeBeforeIt() {
		LocalConnection local = dispatched();
		local.open();
		local.sendText("1");
		local.leave(4001);
		local.connection().receiver().startDispatch();
		this.target.awaitEvents("1", "end 4001", "released");
	}

	@Test
	void moreMessagesThanOneRunTakesAreAllDispatched() {
		LocalConnection local = dispatched();
		local.open();
		local.connection().receiver().startDispatch();
		for (int i = 0; i < 1_000; i++) {
			local.sendText("x");
		}
		Awaitility.await().until(() -> this.target.events().size() == 1_000);
	}

	@Test
	void rejectedConnectionHasNoEndButIsReleased() {
		LocalConnection local = dispatched();
		local.connection().tryReject(HttpReply.of(HttpStatus.FORBIDDEN));
		local.connection().receiver().startDispatch();
		this.target.awaitEvents("released");
		local.end();
		this.target.awaitEvents("released");
	}

	@Test
	void startingTwiceIsStartingOnce() {
		LocalConnection local = dispatched();
		local.open();
		local.connection().receiver().startDispatch();
		local.connection().receiver().startDispatch();
		for (int i = 0; i < 200; i++) {
			local.sendText("x");
		}
		local.end();
		Awaitility.await().until(() -> this.target.events().contains("released"));
		assertThat(this.target.events()).hasSize(202);
		assertThat(this.target.overlaps).hasValue(0);
	}

	@Test
	void failureEndsWithItsCodeAndNothingMoreArrives() {
		LocalConnection local = dispatched();
		local.open();
		this.target.failure = new WebSocketException(4005, "no");
		local.sendText("1");
		local.sendText("2");
		local.connection().receiver().startDispatch();
		this.target.awaitEvents("1", "end 4005", "released");
		assertThat(local.closeFrame()).extracting("code", "reason").containsExactly(4005, "no");
	}

	@Test
	void failureAtTheEndStillReleases() {
		LocalConnection local = dispatched();
		local.open();
		local.connection().receiver().startDispatch();
		this.target.failure = new IllegalStateException("on purpose");
		local.leave(1000);
		this.target.awaitEvents("end 1000", "released");
	}

	@Test
	void receivingIsForbidden() {
		LocalConnection local = dispatched();
		local.open();
		assertThatIllegalStateException().isThrownBy(() -> local.ws().receive()).withMessageContaining("onReceive");
		assertThatIllegalStateException().isThrownBy(() -> local.ws().receiveText());
	}

	@Test
	void noWakeUpIsLostAndNoTwoCallbacksRunAtATime() {
		for (int round = 0; round < 2_000; round++) {
			RecordingTarget racing = new RecordingTarget();
			LocalConnection local = LocalConnection.connecting(this.environment);
			dispatch(local, racing);
			local.open();
			CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> {
				local.sendText("1");
				local.sendText("2");
				local.leave(1000);
			});
			local.connection().receiver().startDispatch();
			peer.orTimeout(10, TimeUnit.SECONDS).join();
			racing.awaitEvents("1", "2", "end 1000", "released");
			assertThat(racing.overlaps).hasValue(0);
		}
	}

	@Test
	void endIsToldOnceHoweverManyEndTheConnection() {
		for (int round = 0; round < 1_000; round++) {
			RecordingTarget racing = new RecordingTarget();
			LocalConnection local = LocalConnection.connecting(this.environment);
			dispatch(local, racing);
			local.open();
			local.connection().receiver().startDispatch();
			CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> local.leave(1001));
			local.ws().close(4000);
			peer.orTimeout(10, TimeUnit.SECONDS).join();
			local.end();
			racing.awaitReleased();
			assertThat(racing.events()).hasSize(2);
			assertThat(racing.events().get(0)).isIn("end 1001", "end 4000");
		}
	}

	private LocalConnection dispatched() {
		LocalConnection local = LocalConnection.connecting(this.environment);
		dispatch(local, this.target);
		return local;
	}

	private void dispatch(LocalConnection local, ConsumerTarget target) {
		local.connection()
			.dispatchTo(new ConsumerDispatch(local.connection(), this.threads, HandlerScope.PLAIN, target,
					new LogThrottle<>()));
	}

	private static final class RecordingTarget implements ConsumerTarget {

		private final List<String> events = Collections.synchronizedList(new ArrayList<>());

		private final AtomicInteger inside = new AtomicInteger();

		private final AtomicInteger overlaps = new AtomicInteger();

		private volatile @Nullable Exception failure;

		@Override
		public void message(WSMessage message) throws Exception {
			call(((WSMessage.Text) message).text());
		}

		@Override
		public void ended(int code) throws Exception {
			call("end " + code);
		}

		private void call(String event) throws Exception {
			if (this.inside.incrementAndGet() != 1) {
				this.overlaps.incrementAndGet();
			}
			this.events.add(event);
			this.inside.decrementAndGet();
			if (this.failure != null) {
				throw this.failure;
			}
		}

		@Override
		public void released() {
			this.events.add("released");
		}

		List<String> events() {
			synchronized (this.events) {
				return List.copyOf(this.events);
			}
		}

		void awaitReleased() {
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> events().contains("released"));
		}

		void awaitEvents(String... expected) {
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.untilAsserted(() -> assertThat(events()).containsExactly(expected));
		}

	}

}
