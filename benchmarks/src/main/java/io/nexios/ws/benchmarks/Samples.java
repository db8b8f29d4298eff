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

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

import org.springframework.util.Assert;

/**
 * The values of one figure in all rounds.
 *
 * @author Nexios Team
 */
public final class Samples {

	private final double[] sorted;

	public Samples(Collection<Double> values) {
		Assert.notEmpty(values, "'values' must not be empty");
		this.sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
	}

	public static Samples of(double... values) {
		return new Samples(Arrays.stream(values).boxed().toList());
	}

	public double median() {
		int middle = this.sorted.length / 2;
		return (this.sorted.length % 2 == 1) ? this.sorted[middle]
				: (this.sorted[middle - 1] + this.sorted[middle]) / 2;
	}

	double min() {
		return this.sorted[0];
	}

	double max() {
		return this.sorted[this.sorted.length - 1];
	}

	/**
	 * Return the median with the range beside it.
	 * @return the text, such as {@code 12.5 (11.9..13.0)}
	 */
	@Override
	public String toString() {
		return (this.sorted.length == 1) ? format(median())
				: "%s (%s..%s)".formatted(format(median()), format(min()), format(max()));
	}

	/**
	 * Format a value with about three digits. Large numbers have all digits.
	 * @param value the value
	 * @return the text
	 */
	public static String format(double value) {
		double magnitude = Math.abs(value);
		String pattern = (magnitude >= 100) ? "%,.0f" : (magnitude >= 10) ? "%.1f" : "%.2f";
		return String.format(Locale.ROOT, pattern, value);
	}

}
