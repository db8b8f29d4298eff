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

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
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

	private static final String ROOT = "io.nexios.ws";

	private static final Pattern ROOMS = Pattern.compile("^\\| ((?:`[a-z.]+`(?:, )?)+) \\|", Pattern.MULTILINE);

	private static final Pattern LOGGER = Pattern.compile("^\\| `(io\\.nexios\\.ws\\.[a-z]+)` \\|", Pattern.MULTILINE);

	private static final JavaClasses classes = MainClasses.ALL;

	@Test
	void designHasEveryPackage() {
		Set<String> packages = classes.stream()
			.map(JavaClass::getPackageName)
			.filter((name) -> !name.equals(ROOT))
			.map((name) -> name.substring(ROOT.length() + 1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(rooms()).containsExactlyInAnyOrderElementsOf(packages);
	}

	@Test
	void packageImportsOnlyPackagesAboveItInTheDesign() {
		List<String> rooms = rooms().stream().map((name) -> ROOT + "." + name).toList();
		assertThat(classes).flatMap(JavaClass::getDirectDependenciesFromSelf)
			.filteredOn((dependency) -> dependency.getTargetClass().getPackageName().startsWith(ROOT))
			.filteredOn((dependency) -> rooms.indexOf(dependency.getOriginClass().getPackageName()) < rooms
				.indexOf(dependency.getTargetClass().getPackageName()))
			.extracting(Dependency::getDescription)
			.isEmpty();
	}

	private static List<String> rooms() {
		return matches(ROOMS, "docs/design.md").stream()
			.flatMap((names) -> Stream.of(names.replace("`", "").split(", ")))
			.toList();
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
