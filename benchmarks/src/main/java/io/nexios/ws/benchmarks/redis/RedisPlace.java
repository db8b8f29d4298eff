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

package io.nexios.ws.benchmarks.redis;

import java.util.function.Function;

import io.nexios.ws.benchmarks.Comparison;
import io.nexios.ws.benchmarks.Measurement;
import io.nexios.ws.benchmarks.Options;
import io.nexios.ws.benchmarks.Report;
import io.nexios.ws.benchmarks.Side;
import io.nexios.ws.benchmarks.Workplace;

/**
 * What all works with Redis use.
 *
 * @param workplace has the load generator
 * @param report gets the results
 * @param redis the Redis
 * @param engines connects to Redis from this process
 * @author Nexios Team
 */
record RedisPlace(Workplace workplace, Report report, RedisProcess redis, Engines engines) {

	Options options() {
		return this.workplace.options();
	}

	/**
	 * Measure all sides of a comparison in turns, and add the raw values to the report.
	 * @param comparison the comparison
	 * @param rounds the number of rounds
	 * @param work measures a side
	 * @return the comparison
	 */
	Comparison measure(Comparison comparison, int rounds, Function<Side, Measurement> work) {
		comparison.run(rounds, this.workplace, comparison.sides(), work);
		this.report.addComparison("redis", comparison);
		return comparison;
	}

}
