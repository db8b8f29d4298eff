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

package io.nexios.ws.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Comparison}.
 *
 * @author Nexios Team
 */
class ComparisonTests {

	private static final Side OURS = Side.NEXIOS_ECHO;

	private static final Side RAW = Side.RAW_ECHO;

	private final Workplace workplace = new Workplace(Options.parse(List.of(), List.of()),
			new PrintStream(PrintStream.nullOutputStream()));

	@Test
	void sidesTakeTurns() {
		List<Side> turns = new ArrayList<>();
		new Comparison("work", List.of(OURS, RAW)).run(2, this.workplace, List.of(OURS, RAW), (side) -> {
			turns.add(side);
			return measurement(1);
		});
		assertThat(turns).containsExactly(OURS, RAW, RAW, OURS);
	}

	@Test
	void ratiosAreTakenRoundByRound() {
		Comparison comparison = comparison(10, 5, 40, 10, 90, 10);
		assertThat(comparison.ratios(OURS, RAW, "value")).hasToString("4.00 (2.00..9.00)");
	}

	@Test
	void ratiosToAnotherWorkAreOfTheSameSide() {
		Comparison with = comparison(12, 100);
		Comparison without = comparison(10, 20);
		assertThat(Comparison.ratios(with, without, OURS, "value").median()).isEqualTo(1.2);
		assertThat(Comparison.ratios(with, without, RAW, "value").median()).isEqualTo(5);
	}

	@Test
	void sideThatWasNotMeasuredIsMissing() {
		assertThat(comparison(1, 2).has(Side.VERTX_ECHO)).isFalse();
	}

	private Comparison comparison(double... oursAndRaw) {
		Map<Side, Iterator<Double>> next = Map.of(OURS, every(2, 0, oursAndRaw), RAW, every(2, 1, oursAndRaw));
		return new Comparison("work", List.of(OURS, RAW)).run(oursAndRaw.length / 2, this.workplace, List.of(OURS, RAW),
				(side) -> measurement(next.get(side).next()));
	}

	private static Iterator<Double> every(int step, int first, double... values) {
		return IntStream.iterate(first, (i) -> i < values.length, (i) -> i + step)
			.mapToObj((i) -> values[i])
			.iterator();
	}

	private static Measurement measurement(double value) {
		return new Measurement(Map.of("value", value));
	}

}
