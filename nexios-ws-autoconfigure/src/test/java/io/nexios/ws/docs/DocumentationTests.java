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

import java.util.List;
import java.util.stream.Stream;

import io.nexios.ws.docs.MarkdownDocument.CodeBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the examples in the documents against the project.
 *
 * @author Nexios Team
 */
class DocumentationTests {

	static Stream<CodeBlock> blocks() {
		return SourceTree
			.find((path) -> path.toString().endsWith(".md") && !path.getFileName().toString().equals("CHANGELOG.md"))
			.stream()
			.map(MarkdownDocument::read)
			.flatMap((document) -> document.codeBlocks().stream());
	}

	static Stream<CodeBlock> markedBlocks() {
		return blocks().filter((block) -> block.marker() != null);
	}

	static Stream<CodeBlock> yamlBlocks() {
		return blocks().filter((block) -> List.of("yaml", "yml").contains(block.language()));
	}

	static Stream<CodeBlock> commandBlocks() {
		return blocks().filter((block) -> List.of("shell", "console").contains(block.language()));
	}

	@ParameterizedTest
	@MethodSource("markedBlocks")
	void markedBlockShowsItsSource(CodeBlock block) {
		String source = Snippet.of(String.valueOf(block.marker())).code();
		assertThat(Snippet.normalize(block.code())).as("%s shows %s", block, block.marker()).isEqualTo(source);
	}

	@Test
	void javaBlocksShowCompiledSources() {
		assertThat(blocks()).filteredOn((block) -> "java".equals(block.language())).isNotEmpty().allSatisfy((block) -> {
			assertThat(block.marker()).as("<!-- snippet: File.java#name --> above %s", block).isNotNull();
			assertThat(Snippet.of(String.valueOf(block.marker())).isCompiled()).as("%s is compiled", block).isTrue();
		});
	}

	@Test
	void blocksNameTheirLanguage() {
		assertThat(blocks()).noneMatch((block) -> block.language().isEmpty(), "has no language")
			.noneMatch((block) -> List.of("bash", "sh", "zsh").contains(block.language()),
					"is not called shell or console");
	}

	@ParameterizedTest
	@MethodSource("yamlBlocks")
	void yamlBlockIsAValidConfiguration(CodeBlock block) {
		YamlExample example = new YamlExample(block.code());
		ConfigurationMetadata metadata = ConfigurationMetadata.compiled();
		assertThat(example.names()).as("properties of %s", block).isNotEmpty();
		assertThat(example.unknownNames(metadata)).as("unknown properties of %s", block).isEmpty();
		example.bind(metadata);
	}

	@ParameterizedTest
	@MethodSource("commandBlocks")
	void commandsAreKnownToWork(CodeBlock block) {
		assertThat(Commands.of(block)).as("commands of %s", block)
			.isNotEmpty()
			.allMatch(Commands::isKnown, "stands in .ci/run or in " + Commands.class.getSimpleName());
	}

}
