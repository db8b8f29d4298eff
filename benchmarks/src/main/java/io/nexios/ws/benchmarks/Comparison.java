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

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A comparison of several sides that do the same work in turns (A B C C B A). So a
 * disturbance of the machine affects all sides.
 *
 * @author Nexios Team
 */
public final class Comparison {

	private final String name;

	private final Map<Side, List<Measurement>> rounds = new LinkedHashMap<>();

	public Comparison(String name, List<Side> sides) {
		this.name = name;
		sides.forEach((side) -> this.rounds.put(side, new ArrayList<>()));
	}

	/**
	 * Create a comparison of only two sides. Their turns are close together. So many
	 * turns show small differences even on a machine that others also use.
	 * @param name the name of the work
	 * @param side a side
	 * @param reference the other side
	 * @return a comparison
	 */
	static Comparison ofPairs(String name, Side side, Side reference) {
		return new Comparison(name + ", in pairs", List.of(side, reference));
	}

	public Comparison run(int count, Workplace workplace, Load load) {
		return run(count, workplace, sides(), (side) -> workplace.measure(load, side));
	}

	/**
	 * Add rounds.
	 * @param count the number of rounds
	 * @param workplace reports each result
	 * @param sides the sides that take turns
	 * @param work does the work
	 * @return this
	 */
	public Comparison run(int count, Workplace workplace, List<Side> sides, Function<Side, Measurement> work) {
		List<Side> order = new ArrayList<>(sides);
		for (int round = 1; round <= count; round++) {
			for (Side side : order) {
				Measurement measurement = work.apply(side);
				this.rounds.computeIfAbsent(side, (missing) -> new ArrayList<>()).add(measurement);
				workplace.say("%s | %s | %s".formatted(this.name, side.name(), measurement.summary()));
			}
			Collections.reverse(order);
		}
		return this;
	}

	String name() {
		return this.name;
	}

	public List<Side> sides() {
		return List.copyOf(this.rounds.keySet());
	}

	boolean has(Side side) {
		return !rounds(side).isEmpty();
	}

	public List<Measurement> rounds(Side side) {
		return this.rounds.getOrDefault(side, List.of());
	}

	public Samples samples(Side side, String figure) {
		return new Samples(rounds(side).stream().map((measurement) -> measurement.get(figure)).toList());
	}

	/**
	 * Return the ratios of a figure of a side to that of another side, for each round.
	 * @param side the side
	 * @param reference the other side
	 * @param figure the name of the figure
	 * @return the ratios
	 */
	public Samples ratios(Side side, Side reference, String figure) {
		return ratios(rounds(side), rounds(reference), figure);
	}

	/**
	 * Return the ratios of a figure of a side to its figure in another work, for each
	 * round.
	 * @param work the work
	 * @param reference the other work
	 * @param side the side
	 * @param figure the name of the figure
	 * @return the ratios
	 */
	public static Samples ratios(Comparison work, Comparison reference, Side side, String figure) {
		return ratios(work.rounds(side), reference.rounds(side), figure);
	}

	private static Samples ratios(List<Measurement> measurements, List<Measurement> references, String figure) {
		return new Samples(IntStream.range(0, Math.min(measurements.size(), references.size()))
			.mapToObj((round) -> measurements.get(round).get(figure) / references.get(round).get(figure))
			.toList());
	}

}
