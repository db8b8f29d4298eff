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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JmhScore}.
 *
 * @author Nexios Team
 */
class JmhScoreTests {

	@Test
	void scoresAreReadAmongOtherLines() {
		assertThat(JmhScore.parse("""
				"Benchmark","Mode","Threads","Samples","Score","Score Error (99.9%)","Unit"
				"io.nexios.ws.benchmarks.queue.QueueBenchmark.inbound","avgt",1,5,82.921466,186.3,"ns/op"
				# Run complete
				""")).containsExactly(new JmhScore("QueueBenchmark.inbound", 82.921466, 186.3));
	}

}
