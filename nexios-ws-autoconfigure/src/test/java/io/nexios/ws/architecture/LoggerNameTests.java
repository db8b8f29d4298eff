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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import io.nexios.ws.docs.SourceTree;
import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that every logger has a name of {@link Loggers}, because operators rely on these
 * names. The compiler copies constants into the classes, so the names are checked in the
 * sources.
 *
 * @author Nexios Team
 */
class LoggerNameTests {

	private static final String MAIN = "nexios-ws-autoconfigure/src/main/java/";

	private static final Pattern GET_LOG = Pattern.compile("\\bgetLog\\b(?:\\(([^)]*)\\))?");

	@Test
	void loggersComeFromTheLogFactoryByName() {
		Stream<String> ways = MainClasses.ALL.stream()
			.flatMap((candidate) -> candidate.getAccessesFromSelf().stream())
			.map(JavaAccess::getTarget)
			.filter((target) -> target.getOwner().isAssignableTo(LogFactory.class))
			.map(AccessTarget::getFullName);
		assertThat(ways).containsOnly(LogFactory.class.getName() + ".getLog(java.lang.String)");
	}

	@Test
	void loggersHaveNamesOfLoggers() {
		Map<String, List<String>> others = new TreeMap<>();
		for (Path source : SourceTree.find((path) -> path.startsWith(MAIN) && path.toString().endsWith(".java"))) {
			List<String> names = names(source).stream().filter(Predicate.not(LoggerNameTests::isConstant)).toList();
			if (!names.isEmpty()) {
				others.put(source.getFileName().toString(), names);
			}
		}
		// The root package must not import the server
		assertThat(others).isEqualTo(Map.of("WSRouter.java", List.of("\"" + Loggers.ROUTES + "\"")));
	}

	private static List<String> names(Path source) {
		return GET_LOG.matcher(SourceTree.read(source)).results().map((call) -> call.group(1)).toList();
	}

	private static boolean isConstant(@Nullable String name) {
		return name != null && name.matches("Loggers\\.[A-Z]+");
	}

}
