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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.Position;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.channel.JoinResult.Recovery;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.group.ControlledBroker.Call;
import io.nexios.ws.server.group.delivery.PositionTokens;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.spi.ManualTimeSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that have more than their new node has delivered. The broker has accepted five
 * messages, and the node has delivered three of them.
 *
 * @author Nexios Team
 */
@Timeout(30)
class ClientAheadTests {

	private static final PositionTokens TOKENS = new PositionTokens("g");

	private final ManualTimeSource time = new ManualTimeSource();

	private final ControlledBroker broker = new ControlledBroker();

	private final CountDownLatch mayStart = new CountDownLatch(1);

	private volatile boolean startLate;

	private final LocalServer server = LocalServer.with(this.broker)
		.time(this.time)
		.maxBytes(1_000)
		.observer(new LateStart())
		.build();

	private final BrokerChannelBox box = this.server.box();

	private final GroupClient other = GroupClient.connect(this.server);

	private GroupClient client;

	private Position four;

	private Position five;

	@BeforeEach
	void getAhead() {
		this.other.join("g", JoinOptions.create());
		save("1");
		save("2");
		save("3");
		this.broker.holdDeliveries();
		save("4");
		this.four = end();
		save("5");
		this.five = end();
		this.client = GroupClient.connect(this.server);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void clientGoesOnAfterTheMessageThatItHas() throws Exception {
		CompletableFuture<JoinResult> join = startJoin(this.five);
		this.broker.deliver(1);
		assertThat(join).isNotDone();
		this.broker.deliver(1);
		assertThat(join.get(10, TimeUnit.SECONDS))
			.isEqualTo(new JoinResult(ChannelAddStatus.CHANNEL_ADDED, Recovery.RECOVERED, 0, TOKENS.write(this.five)));
		save("6");
		this.broker.deliver(1);
		assertThat(this.client.outline(2)).containsExactly("joined RECOVERED 0", "data 6");
		assertThat(this.client.lastPosition(2)).isEqualTo(this.box.position("g"));
	}

	@Test
	void messagesAfterThePositionThatCameMeanwhileFollow() throws Exception {
		send("unsaved before");
		save("6");
		send("unsaved after");
		CompletableFuture<JoinResult> join = startJoin(this.five);
		this.broker.deliver(5);
		assertThat(recovery(join)).isEqualTo(Recovery.RECOVERED);
		assertThat(this.client.outline(4)).containsExactly("joined RECOVERED 0", "data unsaved before", "data 6",
				"data unsaved after");
	}

	@Test
	void unsavedMessageBeforeThePositionIsNoneThatTheClientMisses() throws Exception {
		this.broker.deliver(1);
		send("unsaved");
		CompletableFuture<JoinResult> join = startJoin(this.five);
		send("unsaved, too");
		save("6");
		this.broker.deliver(4);
		assertThat(recovery(join)).isEqualTo(Recovery.RECOVERED);
		assertThat(this.client.outline(4)).containsExactly("joined RECOVERED 0", "data unsaved", "data unsaved, too",
				"data 6");
	}

	@Test
	void otherMessageAtThePositionIsAFork() throws Exception {
		Position fork = new Position(this.four.epoch(), 4, this.four.id() + 1);
		CompletableFuture<JoinResult> join = startJoin(fork);
		this.broker.deliver(1);
		assertThat(recovery(join)).isEqualTo(Recovery.NOT_RECOVERED);
		this.broker.deliver(1);
		assertThat(this.client.outline(3)).containsExactly("joined NOT_RECOVERED", "data 4", "data 5");
	}

	@Test
	void brokerThatEndsBeforeThePositionIsAForkAtOnce() throws Exception {
		Position beyond = new Position(this.five.epoch(), 7, 1);
		assertThat(recovery(this.client.startJoin("g", resumeFrom(beyond)))).isEqualTo(Recovery.NOT_RECOVERED);
		this.broker.deliver(2);
		assertThat(this.client.outline(3)).containsExactly("joined NOT_RECOVERED", "data 4", "data 5");
	}

	@Test
	void otherMessageAtTheEndOfTheBrokerIsAForkAtOnce() throws Exception {
		Position fork = new Position(this.five.epoch(), 5, this.five.id() + 1);
		assertThat(recovery(this.client.startJoin("g", resumeFrom(fork)))).isEqualTo(Recovery.NOT_RECOVERED);
	}

	@Test
	void positionThatDoesNotComeInTimeIsNotRecovered() throws Exception {
		CompletableFuture<JoinResult> join = startJoin(this.five);
		this.broker.deliver(1);
		this.time.advance(Duration.ofSeconds(2));
		assertThat(recovery(join)).isEqualTo(Recovery.NOT_RECOVERED);
		this.broker.deliver(1);
		save("6");
		this.broker.deliver(1);
		assertThat(this.client.outline(4)).containsExactly("joined NOT_RECOVERED", "data 4", "data 5", "data 6");
	}

	@Test
	void historyFollowsIfThePositionDoesNotComeInTime() throws Exception {
		CompletableFuture<JoinResult> join = this.client.startJoin("g", resumeFrom(this.five).withHistory());
		awaitWaiting();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(recovery(join)).isEqualTo(Recovery.NOT_RECOVERED);
		this.broker.deliver(2);
		assertThat(this.client.outline(6)).containsExactly("joined NOT_RECOVERED", "data 1", "data 2", "data 3",
				"data 4", "data 5");
	}

	@Test
	void lossMeanwhileIsNotRecovered() throws Exception {
		CompletableFuture<JoinResult> join = startJoin(this.five);
		this.broker.lose(new Loss("g", this.four, this.five, Loss.Reason.RETENTION));
		assertThat(recovery(join)).isEqualTo(Recovery.NOT_RECOVERED);
		save("6");
		this.broker.deliver(1);
		assertThat(this.client.outline(3)).containsExactly("joined NOT_RECOVERED", "lost RETENTION", "data 6");
	}

	@Test
	void connectionThatEndsMeanwhileDoesNotJoin() throws Exception {
		CompletableFuture<JoinResult> join = startJoin(this.five);
		this.client.local().end();
		assertThat(join.get(10, TimeUnit.SECONDS).status()).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		assertThat(this.box.channels("g")).containsExactly(this.other.channel());
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void brokerThatDoesNotTellItsEndRecoversNobody() throws Exception {
		this.broker.hold(Call.POSITION);
		CompletableFuture<JoinResult> join = startJoin(this.five);
		this.time.advance(Duration.ofSeconds(2));
		assertThat(recovery(join)).isEqualTo(Recovery.NOT_RECOVERED);
		assertThat(this.box.channels("g")).containsExactlyInAnyOrder(this.other.channel(), this.client.channel());
	}

	@Test
	void messageRightAfterTheJoinIsNotLostBeforeTheAcceptance() throws Exception {
		this.client = new GroupClient(this.server, this.server.connecting());
		CompletableFuture<JoinResult> join = startJoin(this.five);
		this.broker.deliver(2);
		assertThat(recovery(join)).isEqualTo(Recovery.RECOVERED);
		save("6");
		send("unsaved");
		this.broker.deliver(2);
		this.client.local().open();
		save("7");
		this.broker.deliver(1);
		assertThat(this.client.outline(4)).containsExactly("joined RECOVERED 0", "data 6", "data unsaved", "data 7");
	}

	@Test
	void clientIsToldOfDropsAfterThePositionAndNotOfThoseBefore() throws Exception {
		this.client = new GroupClient(this.server, this.server.connecting());
		this.client.local().open((acceptance) -> acceptance.overflow(OverflowPolicy.DROP_NEWEST));
		String large = "x".repeat(800);
		save(large);
		save(large);
		Position reached = end();
		save(large);
		Position dropped = end();
		save("small");
		this.startLate = true;
		CompletableFuture<JoinResult> join = startJoin(reached);
		// 4, 5 and one large message fit. The next two are dropped, and the client has
		// only the first of them
		this.broker.deliver(6);
		this.mayStart.countDown();
		assertThat(recovery(join)).isEqualTo(Recovery.RECOVERED);
		assertThat(this.client.outline(2)).startsWith("joined RECOVERED 0", "lost OVERFLOW");
		assertThat((String) this.client.local().messages().get(1)).contains(TOKENS.write(dropped));
	}

	private CompletableFuture<JoinResult> startJoin(Position position) {
		CompletableFuture<JoinResult> join = this.client.startJoin("g", resumeFrom(position));
		awaitWaiting();
		assertThat(join).isNotDone();
		return join;
	}

	private void awaitWaiting() {
		Awaitility.await().until(() -> this.time.waiting() > 0);
	}

	private static JoinOptions resumeFrom(Position position) {
		return GroupClient.POSITIONS.resumeFrom(TOKENS.write(position));
	}

	private static Recovery recovery(CompletableFuture<JoinResult> join) throws Exception {
		return join.get(10, TimeUnit.SECONDS).recovery();
	}

	private Position end() {
		Position end = TOKENS.read(this.box.position("g"));
		assertThat(end).isNotNull();
		return end;
	}

	private void save(String text) {
		this.box.groupSend("g", text, SendOptions.create().saveHistory());
	}

	private void send(String text) {
		this.box.groupSend("g", text);
	}

	/**
	 * Lets a member wait after its position was reached, and before it is live.
	 */
	private final class LateStart implements ServerObserver {

		@Override
		public void groupResumed(boolean recovered) {
			if (ClientAheadTests.this.startLate) {
				try {
					ClientAheadTests.this.mayStart.await(10, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}

	}

}
