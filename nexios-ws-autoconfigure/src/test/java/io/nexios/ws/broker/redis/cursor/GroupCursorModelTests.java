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

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.cursor.CursorSimulation.Faults;
import io.nexios.ws.broker.redis.wire.Arrival;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares {@link GroupCursor} with a model of Redis while random things happen.
 *
 * @author Nexios Team
 */
class GroupCursorModelTests {

	private static final int SEEDS = Integer.getInteger("nexios.cursor.seeds", 20);

	private static final int STEPS = 2_000;

	private static final Faults NONE = new Faults(false, false, false, false, false, false);

	private static final Faults FORKS = new Faults(true, false, false, true, false, false);

	static List<Faults> faults() {
		return List.of(NONE, new Faults(true, false, false, false, false, false),
				new Faults(true, true, false, false, false, false), new Faults(true, false, false, false, false, true),
				new Faults(true, false, true, false, false, false), FORKS,
				new Faults(true, false, false, false, true, false), new Faults(true, false, false, true, true, false),
				new Faults(true, true, true, true, true, false), new Faults(true, false, true, true, true, true));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void everythingIsDeliveredOnceInOrderOrReported(Faults faults) {
		int seeds = faults.large() ? SEEDS / 4 : SEEDS;
		for (long seed = 1; seed <= seeds; seed++) {
			assertThat(complaints(seed, faults, new TestedCursor())).as("Seed %d of %s", seed, faults).isEmpty();
		}
	}

	private static List<String> complaints(long seed, Faults faults, TestedCursor cursor) {
		return new CursorSimulation(seed, faults, cursor).run(STEPS).complaints();
	}

	@Test
	void checkFindsCursorThatDropsAMessage() {
		assertThat(allComplaints(NONE, DroppingCursor::new)).anyMatch((complaint) -> complaint.startsWith("missing"));
	}

	@Test
	void checkFindsCursorThatRepeatsAMessage() {
		assertThat(allComplaints(NONE, RepeatingCursor::new)).anyMatch((complaint) -> complaint.startsWith("twice"));
	}

	@Test
	void checkFindsCursorThatIgnoresTheChain() {
		assertThat(allComplaints(NONE, ChainBlindCursor::new)).isEmpty();
		assertThat(allComplaints(FORKS, ChainBlindCursor::new))
			.anyMatch((complaint) -> complaint.startsWith("skipped"));
	}

	@Test
	void checkFindsCursorThatReportsNoLoss() {
		assertThat(allComplaints(FORKS, SilentCursor::new)).anyMatch((complaint) -> complaint.startsWith("skipped"));
	}

	private static List<String> allComplaints(Faults faults, Supplier<TestedCursor> cursor) {
		return LongStream.rangeClosed(1, 20)
			.boxed()
			.flatMap((seed) -> complaints(seed, faults, cursor.get()).stream())
			.toList();
	}

	/**
	 * Drops the tenth message.
	 */
	private static final class DroppingCursor extends TestedCursor {

		private int count;

		@Override
		List<CursorAction> tamper(List<CursorAction> actions) {
			return actions.stream()
				.filter((action) -> !(action instanceof CursorAction.Deliver) || ++this.count != 10)
				.toList();
		}

	}

	/**
	 * Repeats the tenth message.
	 */
	private static final class RepeatingCursor extends TestedCursor {

		private int count;

		@Override
		List<CursorAction> tamper(List<CursorAction> actions) {
			return actions.stream()
				.flatMap((action) -> (action instanceof CursorAction.Deliver && ++this.count == 10)
						? List.of(action, action).stream() : List.of(action).stream())
				.toList();
		}

	}

	/**
	 * Believes that the next offset always follows.
	 */
	private static final class ChainBlindCursor extends TestedCursor {

		@Override
		Arrival.Placed tamper(Arrival.Placed placed, Position last) {
			boolean next = placed.position().epoch() == last.epoch() && placed.position().offset() == last.offset() + 1;
			if (!next) {
				return placed;
			}
			return (placed instanceof Arrival.Saved saved)
					? new Arrival.Saved(saved.position(), last.id(), saved.envelope(), saved.size())
					: new Arrival.Unreadable(placed.position(), last.id(), placed.size());
		}

	}

	/**
	 * Reports nothing.
	 */
	private static final class SilentCursor extends TestedCursor {

		@Override
		List<CursorAction> tamper(List<CursorAction> actions) {
			return actions.stream().filter((action) -> !(action instanceof CursorAction.Report)).toList();
		}

	}

}
