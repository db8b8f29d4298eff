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

package io.nexios.ws.architecture;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.nexios.ws.docs.SourceTree;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks how large the packages and the files of the main code may become.
 *
 * @author Nexios Team
 */
class SourceSizeTests {

	private static final Path MAIN = Path.of("nexios-ws-autoconfigure/src/main/java");

	private static final int MAX_FILES = 22;

	private static final long MAX_LINES = 400;

	private static final List<Path> sources = SourceTree
		.find((path) -> path.startsWith(MAIN) && path.toString().endsWith(".java"));

	@Test
	void packagesHaveFewFiles() {
		Map<Path, Long> files = sources.stream()
			.collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
		assertThat(files).isNotEmpty()
			.allSatisfy((directory, count) -> assertThat(count).as("Files in %s", directory)
				.isLessThanOrEqualTo(MAX_FILES));
	}

	@Test
	void filesHaveFewLines() {
		List<String> longer = sources.stream()
			.filter((source) -> SourceTree.read(source).lines().count() > MAX_LINES)
			.map((source) -> source.getFileName().toString())
			.toList();
		// Most lines of these two are Javadoc for users and accessors
		assertThat(longer).containsExactlyInAnyOrder("WebSocket.java", "NexiosWsProperties.java");
	}

}
