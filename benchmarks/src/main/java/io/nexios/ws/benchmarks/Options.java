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

package io.nexios.ws.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param home the directory of the benchmarks
 * @param parts the parts to run
 * @param container the servlet container to measure on
 * @param quick whether to measure less, for a first look
 * @param publish whether to write the documents
 * @author Nexios Team
 */
record Options(Path home, List<String> parts, Container container, boolean quick, boolean publish) {

	private static final String USAGE = """
			usage: benchmarks/run [--quick] [--only PART,...] [--container tomcat|jetty] [--jdk HOME] [--publish]
			parts: %s""";

	static Options parse(String[] args, Collection<String> allParts) {
		Options options = new Options(Path.of(""), List.copyOf(allParts), Container.TOMCAT, false, false);
		List<String> rest = new ArrayList<>(Arrays.asList(args));
		while (!rest.isEmpty()) {
			options = options.with(rest.remove(0), rest, allParts);
		}
		return options;
	}

	private Options with(String option, List<String> rest, Collection<String> allParts) {
		return switch (option) {
			case "--quick" -> new Options(this.home, this.parts, this.container, true, this.publish);
			case "--publish" -> new Options(this.home, this.parts, this.container, this.quick, true);
			case "--home" ->
				new Options(Path.of(value(rest, allParts)), this.parts, this.container, this.quick, this.publish);
			case "--only" -> new Options(this.home, known(value(rest, allParts), allParts), this.container, this.quick,
					this.publish);
			case "--container" ->
				new Options(this.home, this.parts, Container.of(value(rest, allParts)), this.quick, this.publish);
			default -> throw usage(allParts);
		};
	}

	private static String value(List<String> rest, Collection<String> allParts) {
		if (rest.isEmpty()) {
			throw usage(allParts);
		}
		return rest.remove(0);
	}

	private static List<String> known(String value, Collection<String> allParts) {
		List<String> parts = List.of(value.split(","));
		if (!allParts.containsAll(parts)) {
			throw usage(allParts);
		}
		return parts;
	}

	private static IllegalArgumentException usage(Collection<String> allParts) {
		return new IllegalArgumentException(USAGE.formatted(String.join(", ", allParts)));
	}

	/**
	 * Return the command that asks for this.
	 * @param allParts the parts that run if none are named
	 * @return the command
	 */
	String command(Collection<String> allParts) {
		StringBuilder command = new StringBuilder("benchmarks/run");
		if (this.quick) {
			command.append(" --quick");
		}
		if (!this.parts.containsAll(allParts)) {
			command.append(" --only ").append(String.join(",", this.parts));
		}
		if (this.container != Container.TOMCAT) {
			command.append(" --container ").append(this.container.id());
		}
		return command.append(this.publish ? " --publish" : "").toString();
	}

	Path target() {
		return this.home.resolve("target");
	}

	int seconds(int full, int quick) {
		return this.quick ? quick : full;
	}

}
