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

package io.nexios.ws.broker;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What positions say, and which histories follow them.
 *
 * @author Nexios Team
 */
abstract class PositionContract extends HistoryContract {

	private static final int BLINKS = 10;

	@Test
	void subscriptionBeginsAtTheEndOfTheSavedMessages() {
		Position start = get(broker().subscribe(this.group));
		assertThat(start).isEqualTo(Position.start(start.epoch()));
		get(broker().unsubscribe(this.group));
		publish(this.group, "a", true);
		Publication last = publication(this.group, "b", true);
		get(broker().publish(last));
		publish(this.group, "unsaved", false);
		Position end = new Position(start.epoch(), 2, last.id().getLeastSignificantBits());
		assertThat(get(broker().subscribe(this.group))).isEqualTo(end);
		assertThat(get(broker().subscribe(this.group))).isEqualTo(end);
		assertThat(get(broker().position(this.group))).isEqualTo(end);
	}

	@Test
	void deliveredPositionsHaveNoGapAndNameTheirMessages() {
		Position expected = get(broker().subscribe(this.group));
		for (int i = 0; i < 20; i++) {
			publish(this.group, String.valueOf(i), i % 3 != 0);
		}
		recorder().awaitTexts(this.group, 20);
		for (BrokerMessage message : recorder().messages(this.group)) {
			if (message.publication().saved()) {
				expected = expected.next(message.publication().id());
				assertThat(message.position()).isEqualTo(expected);
			}
			else {
				assertThat(message.position()).isNull();
			}
		}
		assertThat(get(broker().position(this.group))).isEqualTo(expected);
	}

	@Test
	void positionsOfConcurrentPublishersHaveNoGap() {
		Position start = get(broker().subscribe(this.group));
		inThreads(PUBLISHERS, (publisher) -> {
			for (int i = 0; i < 50; i++) {
				publish(this.group, "x", true);
			}
		});
		recorder().awaitTexts(this.group, PUBLISHERS * 50);
		assertChain(start, recorder().messages(this.group), get(broker().position(this.group)));
	}

	@Test
	void historiesFollowEachPositionUpToTheEnd() {
		List<Position> positions = saveSome(10);
		for (int i = 0; i < positions.size(); i++) {
			GroupBroker.History history = history(this.group, positions.get(i));
			assertThat(history.complete()).isTrue();
			assertThat(history.messages()).hasSize(10 - i);
			assertThat(history.start()).isIn(null, positions.get(i));
			assertThat(history.end()).isEqualTo(positions.get(10));
			assertChain(positions.get(i), history.messages(), history.end());
		}
	}

	@Test
	void wholeHistoryIsAChainFromItsStartToItsEnd() {
		List<Position> positions = saveSome(MAX_MESSAGES + 7);
		GroupBroker.History history = history(this.group, null);
		assertThat(history.complete()).isTrue();
		assertThat(history.messages()).hasSize(MAX_MESSAGES);
		assertThat(history.start()).isIn(null, positions.get(7));
		assertChain(positions.get(7), history.messages(), positions.get(MAX_MESSAGES + 7));
		assertThat(history.end()).isEqualTo(positions.get(MAX_MESSAGES + 7));
	}

	@Test
	void positionIsCompleteUpToTheOneBeforeTheOldestMessage() {
		List<Position> positions = saveSome(MAX_MESSAGES + 7);
		assertThat(history(this.group, positions.get(7)).complete()).isTrue();
		assertThat(history(this.group, positions.get(7)).messages()).hasSize(MAX_MESSAGES);
		assertThat(history(this.group, positions.get(8)).complete()).isTrue();
		for (Position tooOld : positions.subList(0, 7)) {
			assertThat(history(this.group, tooOld).complete()).isFalse();
		}
	}

	@Test
	void positionBeyondTheEndIsNotComplete() {
		Position end = saveSome(3).get(3);
		for (long offset : new long[] { 4, 5, 1_000, Long.MAX_VALUE }) {
			GroupBroker.History history = history(this.group, new Position(end.epoch(), offset, end.id()));
			assertThat(history.complete()).isFalse();
			assertThat(history.end()).isEqualTo(end);
		}
	}

	@Test
	void positionOfAnotherMessageIsNotCompleteAtAnyOffset() {
		List<Position> positions = saveSome(MAX_MESSAGES + 3);
		for (Position position : positions) {
			Position fork = new Position(position.epoch(), position.offset(), position.id() ^ 1);
			assertThat(history(this.group, fork).complete()).isFalse();
		}
	}

	@Test
	void positionOfAnotherEpochIsNotComplete() {
		for (Position position : saveSome(3)) {
			Position other = new Position(position.epoch() ^ 1, position.offset(), position.id());
			GroupBroker.History history = history(this.group, other);
			assertThat(history.complete()).isFalse();
			assertThat(history.end().epoch()).isEqualTo(position.epoch());
		}
	}

	@Test
	void groupsHaveEpochsOfTheirOwn() {
		assertThat(get(broker().position(this.group)).epoch())
			.isNotEqualTo(get(broker().position(this.otherGroup)).epoch());
	}

	@Test
	void positionStaysGoodIfNothingElseIsKnownOfTheGroup() {
		Position position = get(broker().position(this.group));
		assertThat(get(broker().position(this.group))).isEqualTo(position);
		assertThat(get(broker().subscribe(this.group))).isEqualTo(position);
		publish(this.group, "a", true);
		GroupBroker.History history = history(this.group, position);
		assertThat(history.complete()).isTrue();
		assertThat(texts(history.messages())).containsExactly("a");
	}

	@Test
	void onlyTheEndStaysGoodWhenHistoriesAreCleared() {
		List<Position> positions = saveSome(3);
		Position end = positions.get(3);
		get(broker().clearHistories());
		assertThat(get(broker().position(this.group))).isEqualTo(end);
		assertThat(history(this.group, end)).isIn(new GroupBroker.History(end, List.of(), end, true),
				new GroupBroker.History(List.of(), end, true));
		positions.subList(0, 3).forEach((older) -> assertThat(history(this.group, older).complete()).isFalse());
		Position next = save(this.group, "next");
		assertThat(next.offset()).isEqualTo(4);
		assertThat(next.epoch()).isEqualTo(end.epoch());
		assertThat(texts(history(this.group, end).messages())).containsExactly("next");
		assertThat(history(this.group, end).complete()).isTrue();
		positions.subList(0, 3).forEach((older) -> assertThat(history(this.group, older).complete()).isFalse());
	}

	@Test
	void onlyMemberThatBlinksLosesNothingWithoutAMessage() {
		Position position = get(broker().subscribe(this.group));
		for (int i = 0; i < BLINKS; i++) {
			get(broker().unsubscribe(this.group));
			assertThat(get(broker().subscribe(this.group))).isEqualTo(position);
			assertThat(history(this.group, position).complete()).isTrue();
			assertThat(history(this.group, position).messages()).isEmpty();
		}
		publish(this.group, "a", true);
		assertThat(history(this.group, position).complete()).isTrue();
		assertThat(texts(history(this.group, position).messages())).containsExactly("a");
	}

	@Test
	void onlyMemberThatBlinksLosesNothingOfWhatIsSavedMeanwhile() {
		Position position = get(broker().subscribe(this.group));
		for (int i = 0; i < BLINKS; i++) {
			get(broker().unsubscribe(this.group));
			publish(this.group, "away " + i, true);
			Position again = get(broker().subscribe(this.group));
			GroupBroker.History missed = history(this.group, position);
			assertThat(missed.complete()).isTrue();
			assertThat(texts(missed.messages())).containsExactly("away " + i);
			assertThat(missed.end()).isEqualTo(again);
			position = save(this.group, "here " + i);
			assertThat(recorder().awaitTexts(this.group, i + 1)).hasSize(i + 1).endsWith("here " + i);
		}
	}

	/**
	 * Save messages.
	 * @param count how many
	 * @return the position before the first, and after each of them
	 */
	private List<Position> saveSome(int count) {
		List<Position> positions = new ArrayList<>();
		positions.add(get(broker().position(this.group)));
		for (int i = 0; i < count; i++) {
			positions.add(save(this.group, String.valueOf(i)));
		}
		return positions;
	}

	private static void assertChain(Position start, List<BrokerMessage> messages, Position end) {
		Position position = start;
		for (BrokerMessage message : messages) {
			position = position.next(message.publication().id());
			assertThat(message.position()).isEqualTo(position);
		}
		assertThat(position).isEqualTo(end);
	}

}
