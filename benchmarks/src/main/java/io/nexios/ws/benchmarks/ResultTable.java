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
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table in Markdown. The columns after the first one are right-aligned numbers, unless
 * specified otherwise.
 *
 * @author Nexios Team
 */
public final class ResultTable {

	private final List<String> header;

	private final List<List<String>> rows = new ArrayList<>();

	public ResultTable(String... header) {
		this.header = List.of(header);
	}

	public ResultTable addRow(Object... cells) {
		List<String> row = new ArrayList<>();
		for (Object cell : cells) {
			row.add(String.valueOf(cell));
		}
		if (row.size() != this.header.size()) {
			throw new IllegalArgumentException("%s has not %d cells".formatted(row, this.header.size()));
		}
		this.rows.add(row);
		return this;
	}

	String markdown() {
		String line = this.header.stream().map((name) -> "---").collect(Collectors.joining("|", "|", "|"));
		return this.rows.stream()
			.map(ResultTable::line)
			.collect(Collectors.joining("\n", line(this.header) + "\n" + line + "\n", "\n"));
	}

	private static String line(List<String> cells) {
		return cells.stream().map((cell) -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
	}

}
