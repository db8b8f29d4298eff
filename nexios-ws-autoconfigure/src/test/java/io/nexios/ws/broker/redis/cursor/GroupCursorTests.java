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

package io.nexios.ws.broker.redis.cursor;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.GroupBroker.Loss.Reason;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.wire.Arrival;
import io.nexios.ws.broker.redis.wire.Envelope;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GroupCursor}.
 *
 * @author Nexios Team
 */
class GroupCursorTests {

	private static final long E = 7;

	private final GroupCursor cursor = new GroupCursor("g");

	@Test
	void nextMessageIsDelivered() {
		startInStep();
		assertThat(arrive(saved(12, 'a'))).containsExactly(12L);
	}

	@Test
	void nothingIsDeliveredBeforeTheStart() {
		assertThat(arrive(saved(10, 'a'))).isEmpty();
		assertThat(arrive(saved(11, 'a'))).isEmpty();
		assertThat(arrive(unsaved())).isEmpty();
		assertThat(summary(this.cursor.start(position(10, 'a')))).containsExactly(11L, 0L);
	}

	@Test
	void unsavedMessageWaitsForTheRepairBeforeIt() {
		startInStep();
		assertThat(arrive(saved(13, 'a'))).containsExactly("read after 11");
		assertThat(arrive(unsaved())).isEmpty();
		assertThat(page(1, position(13, 'a'), saved(12, 'a'), saved(13, 'a'))).containsExactly(12L, 13L, 0L);
		assertThat(this.cursor.isSettled()).isTrue();
	}

	@Test
	void anotherPreviousMessageIsAFork() {
		startInStep();
		assertThat(arrive(saved(12, 'b'))).containsExactly("read after 11");
		assertThat(page(1, position(12, 'b'), saved(12, 'b')))
			.containsExactly(loss(Reason.FORK, position(11, 'a'), position(11, 'b')), 12L);
	}

	@Test
	void lowerOffsetIsAFork() {
		startInStep();
		assertThat(arrive(saved(9, 'b'))).containsExactly(loss(Reason.FORK, position(11, 'a'), position(8, 'b')), 9L);
		assertThat(arrive(saved(10, 'b'))).containsExactly(10L);
	}

	@Test
	void lowerOffsetIsKnownAfterTheStart() {
		this.cursor.start(position(10, 'a'));
		assertThat(arrive(saved(9, 'a'))).isEmpty();
		assertThat(arrive(saved(10, 'a'))).isEmpty();
		assertThat(arrive(saved(11, 'a'))).containsExactly(11L);
	}

	@Test
	void otherMessageThanTheOneReadIsAFork() {
		startInStep();
		arrive(saved(13, 'a'));
		page(1, position(14, 'a'), saved(12, 'a'), saved(13, 'a'), saved(14, 'a'));
		assertThat(arrive(saved(12, 'a'))).isEmpty();
		assertThat(arrive(saved(13, 'b'))).containsExactly("read after 14");
		assertThat(page(2, position(14, 'a'))).containsExactly(loss(Reason.FORK, position(14, 'a'), position(14, 'a')));
	}

	@Test
	void otherEpochIsReported() {
		startInStep();
		Arrival.Placed next = saved(8, 3, 'c');
		assertThat(arrive(next)).containsExactly(loss(Reason.EPOCH, position(11, 'a'), new Position(8, 2, id(2, 'c'))),
				3L);
	}

	@Test
	void oldestEntryBeyondTheNextOffsetIsRetention() {
		startInStep();
		arrive(saved(20, 'a'));
		assertThat(page(1, position(20, 'a'), saved(19, 'a'), saved(20, 'a')))
			.containsExactly(loss(Reason.RETENTION, position(11, 'a'), position(18, 'a')), 19L, 20L);
	}

	@Test
	void clearedStreamIsRetention() {
		startInStep();
		arrive(saved(20, 'a'));
		assertThat(page(1, position(20, 'a')))
			.containsExactly(loss(Reason.RETENTION, position(11, 'a'), position(20, 'a')));
		assertThat(arrive(saved(21, 'a'))).containsExactly(21L);
	}

	@Test
	void holeInTheStreamIsAFork() {
		startInStep();
		arrive(saved(14, 'a'));
		assertThat(page(1, position(14, 'a'), saved(12, 'a'), saved(14, 'a'))).containsExactly(12L,
				loss(Reason.FORK, position(12, 'a'), position(13, 'a')), 14L);
	}

	@Test
	void unreadableMessageTakesItsPlace() {
		startInStep();
		assertThat(arrive(new Arrival.Unreadable(position(12, 'a'), id(11, 'a'), 5)))
			.containsExactly(loss(Reason.UNREADABLE, position(11, 'a'), position(12, 'a')));
		assertThat(arrive(saved(13, 'a'))).containsExactly(13L);
	}

	@Test
	void nextPageIsRead() {
		startInStep();
		arrive(saved(300, 'a'));
		List<Arrival.Placed> first = new ArrayList<>();
		for (int i = 12; i < 12 + StreamPage.SIZE; i++) {
			first.add(saved(i, 'a'));
		}
		List<CursorAction> actions = this.cursor.page(1, new StreamPage(position(268, 'a'), first, true));
		assertThat(summary(actions)).hasSize(StreamPage.SIZE + 1).endsWith("read after 267");
		assertThat(page(2, position(268, 'a'), saved(268, 'a'))).containsExactly(268L,
				loss(Reason.FORK, position(268, 'a'), position(268, 'a')));
	}

	@Test
	void pageWithoutProgressIsTheLast() {
		startInStep();
		arrive(saved(20, 'a'));
		assertThat(summary(this.cursor.page(1, new StreamPage(position(20, 'a'), List.of(saved(11, 'a')), true))))
			.containsExactly(loss(Reason.RETENTION, position(11, 'a'), position(20, 'a')));
	}

	@Test
	void checkedPositionIsAnArrival() {
		startInStep();
		assertThat(check(position(11, 'a'))).isEmpty();
		assertThat(check(position(12, 'a'))).containsExactly("read after 11");
		assertThat(page(3, position(12, 'a'), saved(12, 'a'))).containsExactly(12L);
		assertThat(check(position(12, 'b'))).containsExactly(loss(Reason.FORK, position(12, 'a'), position(12, 'b')));
		assertThat(check(position(9, 'b'))).containsExactly(loss(Reason.FORK, position(12, 'b'), position(9, 'b')));
		Position other = Position.start(8);
		assertThat(check(other)).containsExactly(loss(Reason.EPOCH, position(9, 'b'), other));
	}

	@Test
	void arrivalsAreHeldDuringACheck() {
		startInStep();
		long ticket = this.cursor.hold(true);
		assertThat(arrive(saved(13, 'a'))).isEmpty();
		assertThat(summary(this.cursor.checked(ticket, position(12, 'a')))).containsExactly("read after 11");
		assertThat(page(2, position(13, 'a'), saved(12, 'a'), saved(13, 'a'))).containsExactly(12L, 13L);
		assertThat(arrive(saved(14, 'a'))).containsExactly(14L);
	}

	@Test
	void heldMessageOfANewEpochIsDelivered() {
		startInStep();
		long ticket = this.cursor.hold(false);
		assertThat(arrive(saved(8, 1, 'c'))).isEmpty();
		assertThat(summary(this.cursor.checked(ticket, new Position(8, 1, id(1, 'c'))))).hasSize(2)
			.endsWith("read after 0");
		assertThat(page(2, new Position(8, 1, id(1, 'c')), saved(8, 1, 'c'))).containsExactly(1L);
	}

	@Test
	void oldAnswerHasNoEffect() {
		startInStep();
		arrive(saved(13, 'a'));
		long first = this.cursor.hold(true);
		long second = this.cursor.hold(true);
		assertThat(page(1, position(13, 'a'), saved(12, 'a'), saved(13, 'a'))).isEmpty();
		assertThat(this.cursor.checked(first, position(11, 'a'))).isEmpty();
		assertThat(summary(this.cursor.checked(second, position(13, 'a')))).containsExactly("read after 11");
	}

	@Test
	void failedReadWaitsForACheck() {
		startInStep();
		arrive(saved(13, 'a'));
		this.cursor.failed(1);
		assertThat(arrive(saved(14, 'a'))).isEmpty();
		assertThat(check(position(14, 'a'))).containsExactly("read after 11");
	}

	@Test
	void heldMessagesBeyondTheLimitAreReadAgain() {
		startInStep();
		arrive(saved(13, 'a'));
		Payload payload = new Payload.Text("x");
		Envelope envelope = new Envelope(new UUID(0, id(14, 'a')), 0, payload, null, null);
		arrive(new Arrival.Saved(position(14, 'a'), id(13, 'a'), envelope, 2_000_000));
		arrive(new Arrival.Unsaved(envelope, 2_000_000));
		assertThat(page(1, position(13, 'a'), saved(12, 'a'), saved(13, 'a'))).containsExactly(12L, 13L,
				"read after 13");
		assertThat(this.cursor.dropped()).isEqualTo(1);
		assertThat(page(2, position(14, 'a'), saved(14, 'a'))).containsExactly(14L);
	}

	@Test
	void droppedMessageIsRead() {
		startInStep();
		assertThat(arrive(new Arrival.Dropped())).containsExactly("read after 11");
		assertThat(arrive(new Arrival.Foreign())).isEmpty();
		assertThat(page(1, position(11, 'a'))).isEmpty();
	}

	@Test
	void messageBeyondTheEndIsOnAnotherBranch() {
		startInStep();
		arrive(saved(999_999_999_999_999_999L, 'z'));
		assertThat(page(1, position(11, 'a'))).containsExactly(loss(Reason.FORK, position(11, 'a'), position(11, 'a')));
		assertThat(arrive(saved(12, 'a'))).containsExactly(12L);
	}

	private void startInStep() {
		this.cursor.start(position(10, 'a'));
		assertThat(arrive(saved(11, 'a'))).containsExactly(11L);
	}

	private List<Object> arrive(Arrival arrival) {
		return summary(this.cursor.arrive(arrival));
	}

	private List<Object> page(long ticket, Position end, Arrival.Placed... entries) {
		return summary(this.cursor.page(ticket, new StreamPage(end, List.of(entries), false)));
	}

	private List<Object> check(Position end) {
		return summary(this.cursor.checked(this.cursor.hold(false), end));
	}

	private static List<Object> summary(List<CursorAction> actions) {
		return actions.stream().map(GroupCursorTests::summary).toList();
	}

	private static Object summary(CursorAction action) {
		if (action instanceof CursorAction.Deliver deliver) {
			return deliver.message().offset();
		}
		return (action instanceof CursorAction.Report report) ? report.loss()
				: "read after " + ((CursorAction.Read) action).after();
	}

	private static Loss loss(Reason reason, Position last, Position next) {
		return new Loss("g", last, next, reason);
	}

	private static Position position(long offset, char branch) {
		return new Position(E, offset, id(offset, branch));
	}

	private static long id(long offset, char branch) {
		return 1_000 * offset + branch;
	}

	private static Arrival.Placed saved(long offset, char branch) {
		return saved(E, offset, branch);
	}

	private static Arrival.Placed saved(long epoch, long offset, char branch) {
		Envelope envelope = new Envelope(new UUID(0, id(offset, branch)), 0, new Payload.Text("x"), null, null);
		return new Arrival.Saved(new Position(epoch, offset, id(offset, branch)), id(offset - 1, branch), envelope, 30);
	}

	private static Arrival unsaved() {
		return new Arrival.Unsaved(new Envelope(new UUID(0, 1), 0, new Payload.Text("x"), null, null), 30);
	}

}
