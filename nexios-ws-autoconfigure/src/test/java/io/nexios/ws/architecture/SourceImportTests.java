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
import java.util.regex.Pattern;

import io.nexios.ws.docs.SourceTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what is not in the compiled classes: imports for Javadoc and for constants, and
 * links that contain the name of a package.
 *
 * @author Nexios Team
 */
class SourceImportTests {

	private static final String MAIN = "nexios-ws-autoconfigure/src/main/java/";

	private static final String ROOT = "io.nexios.ws";

	private static final Pattern IMPORT = Pattern
		.compile("^import (?:static )?io\\.nexios\\.ws((?:\\.[a-z]+)*)\\.[A-Z]", Pattern.MULTILINE);

	private static final Pattern NAME = Pattern
		.compile("(?<!import )(?<!import static )\\bio\\.nexios\\.ws((?:\\.[a-z]+)*)\\.[A-Z]");

	/**
	 * The packages that users import. Users read the Javadoc, so every package may link
	 * to these.
	 */
	private static final String[] FOR_USERS = { "", ".channel", ".consumer", ".broker", ".spi", ".ticket" };

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
		assertThat(allowed(source)).as("Packages that %s may import", source).containsAll(named(IMPORT, source));
	}

	@ParameterizedTest
	@MethodSource("sources")
	void sourceLinksToWhatItMayImportOrToWhatUsersImport(Path source) {
		assertThat(PackageDirections.with(allowed(source), FOR_USERS)).as("Packages that %s may link to", source)
			.containsAll(named(NAME, source));
	}

	private static Set<String> allowed(Path source) {
		String own = packageOf(SourceTree.root().relativize(source));
		return PackageDirections.with(PackageDirections.ALLOWED.get(own), own);
	}

	private static List<String> named(Pattern pattern, Path source) {
		return pattern.matcher(SourceTree.read(source)).results().map((result) -> result.group(1)).toList();
	}

}
