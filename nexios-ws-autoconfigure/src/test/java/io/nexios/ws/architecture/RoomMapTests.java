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

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.nexios.ws.docs.SourceTree;
import io.nexios.ws.server.log.Loggers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what the documents say of packages and loggers.
 *
 * @author Nexios Team
 */
class RoomMapTests {

	private static final Pattern ROOM = Pattern.compile("^\\| `([a-z.]+)` \\|", Pattern.MULTILINE);

	private static final Pattern LOGGER = Pattern.compile("^\\| `(io\\.nexios\\.ws\\.[a-z]+)` \\|", Pattern.MULTILINE);

	@Test
	void designHasEveryPackage() {
		Set<String> packages = PackageDirections.ALLOWED.keySet()
			.stream()
			.filter((name) -> !name.isEmpty())
			.map((name) -> name.substring(1))
			.collect(Collectors.toCollection(TreeSet::new));
		List<String> mapped = matches(ROOM, "docs/design.md");
		assertThat(mapped).containsAll(packages).doesNotHaveDuplicates();
		assertThat(mapped).filteredOn((name) -> !name.startsWith("autoconfigure")).hasSameElementsAs(packages);
	}

	@Test
	void operationsHasEveryLogger() throws IllegalAccessException {
		Set<String> names = new TreeSet<>();
		for (Field field : Loggers.class.getFields()) {
			names.add((String) field.get(null));
		}
		assertThat(matches(LOGGER, "docs/operations.md")).containsExactlyInAnyOrderElementsOf(names);
	}

	private static List<String> matches(Pattern pattern, String document) {
		Stream<MatchResult> results = pattern.matcher(SourceTree.read(SourceTree.root().resolve(document))).results();
		return results.map((result) -> result.group(1)).toList();
	}

}
