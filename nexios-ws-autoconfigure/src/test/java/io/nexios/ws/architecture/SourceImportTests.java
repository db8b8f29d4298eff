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
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.nexios.ws.docs.SourceTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks imports that are not in the compiled classes: those of Javadoc and of constants.
 *
 * @author Nexios Team
 */
class SourceImportTests {

	private static final String MAIN = "nexios-ws-autoconfigure/src/main/java/";

	private static final String ROOT = "io.nexios.ws";

	private static final Pattern IMPORT = Pattern
		.compile("^import (?:static )?io\\.nexios\\.ws((?:\\.[a-z]+)*)\\.[A-Z]", Pattern.MULTILINE);

	static List<Path> sources() {
		return SourceTree.find((path) -> path.startsWith(MAIN) && path.toString().endsWith(".java")
				&& PackageDirections.ALLOWED.containsKey(packageOf(path)));
	}

	private static String packageOf(Path path) {
		Path root = Path.of(MAIN, ROOT.split("\\."));
		String directory = root.relativize(path.getParent()).toString();
		return directory.isEmpty() ? "" : "." + directory.replace('/', '.').replace('\\', '.');
	}

	@ParameterizedTest
	@MethodSource("sources")
	void sourceImportsOnlyWhatItsDirectionsAllow(Path source) {
		String own = packageOf(SourceTree.root().relativize(source));
		Set<String> allowed = PackageDirections.with(PackageDirections.ALLOWED.get(own), own);
		List<String> imported = IMPORT.matcher(SourceTree.read(source))
			.results()
			.map((MatchResult result) -> result.group(1))
			.toList();
		assertThat(allowed).as("Packages that %s may import", source).containsAll(imported);
	}

}
