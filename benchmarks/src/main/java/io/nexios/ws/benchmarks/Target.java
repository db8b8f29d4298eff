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

/**
 * A target for Nexios WS.
 *
 * @param what the work and the figure
 * @param bound the bound to reach
 * @param atLeast whether the bound is a minimum
 * @param unit the unit, such as "× raw Spring"
 * @author Nexios Team
 */
public record Target(String what, double bound, boolean atLeast, String unit) {

	private static final String TIMES_RAW = "× raw Spring";

	static Target atLeast(String what, double bound) {
		return new Target(what, bound, true, TIMES_RAW);
	}

	public static Target atMost(String what, double bound) {
		return new Target(what, bound, false, TIMES_RAW);
	}

	public Target in(String unit) {
		return new Target(this.what, this.bound, this.atLeast, unit);
	}

	boolean isReachedBy(Samples samples) {
		return this.atLeast ? samples.median() >= this.bound : samples.median() <= this.bound;
	}

	String bounds() {
		return "%s %s %s".formatted(this.atLeast ? "≥" : "≤", Samples.format(this.bound), this.unit);
	}

	String verdict(Samples samples) {
		return isReachedBy(samples) ? "reached" : "**not reached**";
	}

}
