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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ResultTable}.
 *
 * @author Nexios Team
 */
class ResultTableTests {

	@Test
	void tableIsMarkdown() {
		ResultTable table = new ResultTable("Side", "Rate").addRow("one", 1).addRow("two", Samples.of(2, 3, 4));
		assertThat(table.markdown()).isEqualTo("""
				| Side | Rate |
				|---|---|
				| one | 1 |
				| two | 3.00 (2.00..4.00) |
				""");
	}

	@Test
	void barInACellIsNotASeparator() {
		assertThat(new ResultTable("a").addRow("x|y").markdown()).contains("| x\\|y |");
	}

	@Test
	void rowOfAnotherLengthIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ResultTable("a", "b").addRow("c"));
	}

}
