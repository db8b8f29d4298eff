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

import io.nexios.ws.docs.MarkdownDocument.CodeBlock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the classes that {@link DocumentationTests} uses.
 *
 * @author Nexios Team
 */
class MarkdownDocumentTests {

	@Test
	void blockHasTheMarkerAboveIt() {
		List<CodeBlock> blocks = blocks("""
				<!-- snippet: A.java#one -->

				```java
				int a;
				```

				```java
				int b;
				```

				<!-- snippet: C.java -->
				Text between.
				  ```java
				  int c;
				  ```
				""");
		assertThat(blocks).extracting(CodeBlock::marker).containsExactly("A.java#one", null, null);
		assertThat(blocks).extracting(CodeBlock::code).containsExactly("int a;", "int b;", "int c;");
		assertThat(blocks).extracting(CodeBlock::location).containsExactly("sample:3", "sample:7", "sample:13");
	}

	@Test
	void blockWithoutAnEndIsAnError() {
		assertThatIllegalStateException().isThrownBy(() -> blocks("```java\nint a;"));
	}

	@Test
	void snippetIsARegionWithoutItsIndentation() {
		assertThat(Snippet.of("RouterExample.java#echo").code()).startsWith("@Bean\nWSRouter echo() {\n    return")
			.endsWith("}")
			.doesNotContain("echo[]");
	}

	@Test
	void snippetIsAWholeFileWithoutTagsIfNoRegionIsNamed() {
		assertThat(Snippet.of("docs/RouterExample.java").code()).startsWith("/*").doesNotContain("echo[]");
	}

	@Test
	void snippetThatIsNotThereIsAnError() {
		assertThatIllegalStateException().isThrownBy(() -> Snippet.of("RouterExample.java#none").code());
		assertThatIllegalStateException().isThrownBy(() -> Snippet.of("None.java#echo"));
		assertThatIllegalStateException().isThrownBy(() -> Snippet.of("checkstyle"))
			.withMessageContaining("has to name one file");
	}

	@Test
	void commandsAreLinesOfAShellOrFollowThePromptOfAConsole() {
		assertThat(Commands.of(block("shell", "# why\nmvn \\\n  verify\n\nls"))).containsExactly("mvn   verify", "ls");
		assertThat(Commands.of(block("console", "$ ls\na.txt\n$ pwd\n/"))).containsExactly("ls", "pwd");
	}

	@Test
	void commandIsKnownAsAWhole() {
		assertThat(Commands.isKnown("mvn -B verify")).isTrue();
		assertThat(Commands.isKnown("mvn -B")).isFalse();
		assertThat(Commands.isKnown("mvn -B verify -DskipTests")).isFalse();
	}

	@Test
	void yamlIsHeldAgainstTheProperties() {
		ConfigurationMetadata metadata = ConfigurationMetadata.of("""
				{ "groups": [ { "name": "nexios.ws", "type": "%1$s", "sourceType": "%1$s" } ],
				  "properties": [ { "name": "nexios.ws.size", "type": "int" } ] }
				""".formatted(Sample.class.getName()));
		YamlExample right = new YamlExample("nexios.ws:\n  size: 1\nother: x\n");
		assertThat(right.names()).containsExactlyInAnyOrder("nexios.ws.size", "other");
		assertThat(right.unknownNames(metadata)).isEmpty();
		right.bind(metadata);
		assertThat(new YamlExample("nexios.ws:\n  sizes: 1\n").unknownNames(metadata))
			.containsExactly("nexios.ws.sizes");
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> new YamlExample("nexios.ws:\n  size: x\n").bind(metadata));
	}

	private static List<CodeBlock> blocks(String content) {
		return MarkdownDocument.of("sample", content).codeBlocks();
	}

	private static CodeBlock block(String language, String code) {
		return new CodeBlock("sample:1", language, null, code);
	}

	/**
	 * Something to bind to.
	 */
	static class Sample {

		private int size;

		int getSize() {
			return this.size;
		}

		void setSize(int size) {
			this.size = size;
		}

	}

}
