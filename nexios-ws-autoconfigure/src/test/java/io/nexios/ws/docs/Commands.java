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

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The commands that documents may show. These are the commands of the continuous
 * integration, and some that another test or a person has tried.
 *
 * @author Nexios Team
 */
final class Commands {

	/**
	 * Commands that the continuous integration does not run. Whoever adds one has tried
	 * it.
	 */
	private static final Set<String> TRIED = Set.of("mvn -B -pl nexios-ws-autoconfigure verify",
			"mvn -B -pl nexios-ws-autoconfigure test -Dgroups=tomcat-internals", "mvn -B -Pstress verify",
			"mvn io.spring.javaformat:spring-javaformat-maven-plugin:apply", "benchmarks/run", "benchmarks/run --quick",
			"benchmarks/run --only echo,groups --no-peers", "benchmarks/run --publish",
			"benchmarks/run --quick --publish", "benchmarks/run --quick --container jetty --publish",
			"benchmarks/run --quick --no-peers --publish",
			"benchmarks/run --quick --container jetty --no-peers --publish");

	private Commands() {
	}

	/**
	 * Return the commands of a block.
	 * @param block the block: all its lines, or for a console those after a prompt
	 * @return the commands
	 */
	static List<String> of(MarkdownDocument.CodeBlock block) {
		String[] lines = block.code().replace("\\\n", "").split("\n");
		boolean console = "console".equals(block.language());
		return Arrays.stream(lines)
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
			.filter((line) -> !console || line.startsWith("$ "))
			.map((line) -> console ? line.substring(2).strip() : line)
			.toList();
	}

	static boolean isKnown(String command) {
		String integration = SourceTree.read(SourceTree.root().resolve(".ci/run"));
		String line = "(?m)^\\s*" + Pattern.quote(command) + "\\s*$";
		return TRIED.contains(command) || Pattern.compile(line).matcher(integration).find();
	}

}
