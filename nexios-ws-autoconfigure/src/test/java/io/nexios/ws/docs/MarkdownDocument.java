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

package io.nexios.ws.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The code blocks and tables of a Markdown file.
 *
 * @author Nexios Team
 */
final class MarkdownDocument {

	private static final Pattern FENCE = Pattern.compile("(\\s*)```\\s*([\\w-]*).*");

	private static final Pattern MARKER = Pattern.compile("\\s*<!--\\s*snippet:\\s*(\\S+)\\s*-->\\s*");

	private static final Pattern TABLE_RULE = Pattern.compile("\\|(\\s*:?-+:?\\s*\\|)+\\s*");

	private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");

	private final String name;

	private final List<String> lines;

	private MarkdownDocument(String name, List<String> lines) {
		this.name = name;
		this.lines = lines;
	}

	/**
	 * Read a document.
	 * @param file the file
	 * @return the document, empty if the file does not exist
	 */
	static MarkdownDocument read(Path file) {
		return of(SourceTree.root().relativize(file).toString(), SourceTree.read(file));
	}

	/**
	 * Create a document.
	 * @param name a name for messages
	 * @param content the content
	 * @return the document
	 */
	static MarkdownDocument of(String name, String content) {
		return new MarkdownDocument(name, content.lines().toList());
	}

	/**
	 * Return the fenced code blocks.
	 * @return the blocks in their order
	 */
	List<CodeBlock> codeBlocks() {
		List<CodeBlock> blocks = new ArrayList<>();
		String marker = null;
		for (int i = 0; i < this.lines.size(); i++) {
			String line = this.lines.get(i);
			Matcher fence = FENCE.matcher(line);
			if (fence.matches()) {
				int end = endOfBlock(i + 1);
				String code = String.join("\n", this.lines.subList(i + 1, end)).stripIndent();
				blocks.add(new CodeBlock(this.name + ":" + (i + 1), fence.group(2), marker, code));
				i = end;
			}
			Matcher markerMatcher = MARKER.matcher(line);
			if (markerMatcher.matches()) {
				marker = markerMatcher.group(1);
			}
			else if (!line.isBlank()) {
				marker = null;
			}
		}
		return blocks;
	}

	private int endOfBlock(int begin) {
		int end = begin;
		while (end < this.lines.size() && !this.lines.get(end).strip().equals("```")) {
			end++;
		}
		if (end == this.lines.size()) {
			throw new IllegalStateException(this.name + ":" + begin + ": the code block does not end");
		}
		return end;
	}

	/**
	 * Return the rows of all tables that have the given columns.
	 * @param columns the names of the columns, in lower case
	 * @return the rows, each as the list of its cells
	 */
	List<List<String>> tableRows(String... columns) {
		List<List<String>> rows = new ArrayList<>();
		for (int i = 1; i < this.lines.size(); i++) {
			if (TABLE_RULE.matcher(this.lines.get(i)).matches() && hasColumns(this.lines.get(i - 1), columns)) {
				this.lines.stream()
					.skip(i + 1L)
					.takeWhile((line) -> line.startsWith("|"))
					.map(MarkdownDocument::cells)
					.forEach(rows::add);
			}
		}
		return rows;
	}

	private static boolean hasColumns(String line, String... columns) {
		return cells(line).stream().map((cell) -> cell.toLowerCase(Locale.ROOT)).toList().equals(List.of(columns));
	}

	private static List<String> cells(String line) {
		String inner = line.strip().replaceAll("^\\||(?<!\\\\)\\|$", "");
		return Arrays.stream(CELL_END.split(inner, -1)).map((cell) -> cell.strip().replace("\\|", "|")).toList();
	}

	/**
	 * A fenced code block.
	 *
	 * @param location the file and line, for messages
	 * @param language the language, empty if none is named
	 * @param marker the place of the source it shows, {@code null} if it is not marked
	 * @param code the content, without the indentation of the block
	 */
	record CodeBlock(String location, String language, @Nullable String marker, String code) {

		@Override
		public String toString() {
			return this.location + " (" + this.language + ")";
		}

	}

}
