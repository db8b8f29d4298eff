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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.GroupSendStatus;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The calls that subscribe a group and unsubscribe it, while its members come and go.
 *
 * @author Nexios Team
 */
@Timeout(60)
class SubscriptionOrderTests {

	private static final int THREADS = 4;

	private static final int ROUNDS = 2_000;

	private final RecordingBroker broker = new RecordingBroker(LocalServer.broker(10));

	private final LocalServer server = LocalServer.with(this.broker).build();

	private final BrokerChannelBox box = this.server.box();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
		this.server.close();
	}

	@Test
	void memberThatJoinsWhileTheLastOneIsUnsubscribedGetsMessages() throws Exception {
		Channel last = Channel.of(this.server.connect().ws());
		LocalConnection local = this.server.connect();
		Channel next = Channel.of(local.ws());
		this.box.addChannelToGroup(last, "g");
		CompletableFuture<ChannelAddStatus> joined = new CompletableFuture<>();
		this.broker.beforeUnsubscribe.set(() -> letJoin(next, joined));
		this.box.removeChannelFromGroup(last, "g");
		assertThat(joined.get(10, TimeUnit.SECONDS)).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(this.box.channels("g")).containsExactly(next);
		assertThat(this.box.groupSend("g", "next")).isEqualTo(GroupSendStatus.GROUP_SEND);
		assertThat(local.awaitMessages(1)).containsExactly("\"next\"");
	}

	/**
	 * Let another thread join, until it has joined or has to wait.
	 * @param channel what joins
	 * @param joined completes when it has joined
	 */
	private void letJoin(Channel channel, CompletableFuture<ChannelAddStatus> joined) {
		Thread joining = new Thread(() -> joined.complete(this.box.addChannelToGroup(channel, "g")), "joining");
		joining.setDaemon(true);
		joining.start();
		Awaitility.await()
			.until(() -> joined.isDone() || joining.getState() == Thread.State.WAITING
					|| joining.getState() == Thread.State.TIMED_WAITING);
	}

	@Test
	void memberThatJoinsAtARefusedUnsubscriptionGetsMessages() throws Exception {
		Channel last = Channel.of(this.server.connect().ws());
		LocalConnection local = this.server.connect();
		CompletableFuture<ChannelAddStatus> joined = new CompletableFuture<>();
		this.box.addChannelToGroup(last, "g");
		this.broker.beforeUnsubscribe.set(() -> {
			letJoin(Channel.of(local.ws()), joined);
			throw new IllegalStateException("unreachable");
		});
		this.box.removeChannelFromGroup(last, "g");
		assertThat(joined.get(10, TimeUnit.SECONDS)).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(this.box.groupSend("g", "next")).isEqualTo(GroupSendStatus.GROUP_SEND);
		assertThat(local.awaitMessages(1)).containsExactly("\"next\"");
	}

	@Test
	void callsOfOneGroupAlternateAndAreNeverMadeAtTheSameTime() throws Exception {
		List<LocalConnection> locals = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			locals.add(this.server.connect());
		}
		for (int part = 0; part < 10; part++) {
			comeAndGo(locals, part);
			assertAlternating();
			boolean subscribed = this.broker.calls.get(this.broker.calls.size() - 1).equals("subscribe");
			assertThat(subscribed).isEqualTo(!this.box.channels("g").isEmpty());
			assertThat(this.box.groupSend("g", part))
				.isEqualTo(subscribed ? GroupSendStatus.GROUP_SEND : GroupSendStatus.NO_SUCH_GROUP);
		}
		locals.forEach(LocalConnection::end);
		assertAlternating();
		assertThat(this.broker.calls).last().isEqualTo("unsubscribe");
		assertThat(this.server.kept()).containsOnly(0);
	}

	private void comeAndGo(List<LocalConnection> locals, int part) throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(THREADS);
		List<Future<?>> ends = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Channel channel = Channel.of(locals.get(i).ws());
			boolean stays = (part + i) % 3 == 0 && part % 2 == 0;
			ends.add(this.executor.submit(() -> {
				barrier.await();
				for (int round = 0; round < ROUNDS / 10; round++) {
					this.box.addChannelToGroup(channel, "g");
					this.box.removeChannelFromGroup(channel, "g");
				}
				return stays ? this.box.addChannelToGroup(channel, "g") : null;
			}));
		}
		for (Future<?> end : ends) {
			end.get(30, TimeUnit.SECONDS);
		}
	}

	private void assertAlternating() {
		assertThat(this.broker.overlapped).isFalse();
		for (int i = 0; i < this.broker.calls.size(); i++) {
			assertThat(this.broker.calls.get(i)).as("Call %d", i).isEqualTo((i % 2 == 0) ? "subscribe" : "unsubscribe");
		}
	}

	@Test
	void callsOfOtherGroupsAreMadeMeanwhile() throws Exception {
		Channel channel = Channel.of(this.server.connect().ws());
		Channel other = Channel.of(this.server.connect().ws());
		this.box.addChannelToGroup(channel, "g");
		CountDownLatch unsubscribing = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		this.broker.beforeUnsubscribe.set(() -> {
			unsubscribing.countDown();
			await(goOn);
		});
		Future<?> leaving = this.executor.submit(() -> this.box.removeChannelFromGroup(channel, "g"));
		await(unsubscribing);
		assertThat(this.box.addChannelToGroup(other, "other")).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(this.box.channels("g")).isEmpty();
		goOn.countDown();
		leaving.get(10, TimeUnit.SECONDS);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class RecordingBroker extends DelegatingBroker {

		private static final Runnable NOTHING = () -> {
		};

		private final AtomicReference<Runnable> beforeUnsubscribe = new AtomicReference<>(NOTHING);

		// Not safe for threads, as the calls have to be one after the other
		private final List<String> calls = new ArrayList<>();

		private final AtomicBoolean calling = new AtomicBoolean();

		private volatile boolean overlapped;

		RecordingBroker(GroupBroker broker) {
			super(broker);
		}

		@Override
		public CompletionStage<Position> subscribe(String group) {
			record(group, "subscribe");
			return super.subscribe(group);
		}

		@Override
		public CompletionStage<Void> unsubscribe(String group) {
			this.beforeUnsubscribe.getAndSet(NOTHING).run();
			record(group, "unsubscribe");
			return super.unsubscribe(group);
		}

		private void record(String group, String call) {
			if (group.equals("g")) {
				this.overlapped |= !this.calling.compareAndSet(false, true);
				this.calls.add(call);
				Thread.yield();
				this.calling.set(false);
			}
		}

	}

}
