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
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Options of the command line.
 *
 * @author Nexios Team
 */
public final class Options {

	private static final Set<String> FLAGS = Set.of("--quick", "--no-peers", "--publish");

	private static final Set<String> VALUES = Set.of("--home", "--only", "--container");

	private final Map<String, String> given = new LinkedHashMap<>();

	private final Collection<String> allParts;

	private Options(Collection<String> allParts) {
		this.allParts = allParts;
	}

	/**
	 * Parse the command line.
	 * @param arguments the arguments
	 * @param allParts the names of all parts
	 * @return the options
	 * @throws IllegalArgumentException if an argument is unknown
	 */
	static Options parse(List<String> arguments, Collection<String> allParts) {
		Options options = new Options(allParts);
		Queue<String> rest = new ArrayDeque<>(arguments);
		while (!rest.isEmpty()) {
			options.add(rest.remove(), rest);
		}
		if (!allParts.containsAll(options.parts())) {
			throw new IllegalArgumentException("The parts are " + String.join(", ", allParts));
		}
		options.container();
		return options;
	}

	private void add(String option, Queue<String> rest) {
		boolean takesValue = VALUES.contains(option);
		if ((!takesValue && !FLAGS.contains(option)) || (takesValue && rest.isEmpty())) {
			throw new IllegalArgumentException(
					"Not understood: " + option + ". See the beginning of the file benchmarks/run");
		}
		this.given.put(option, takesValue ? rest.remove() : "");
	}

	/**
	 * Return the directory of the benchmarks.
	 * @return the directory
	 */
	Path home() {
		return Path.of(this.given.getOrDefault("--home", ""));
	}

	public Path target() {
		return home().resolve("target");
	}

	List<String> parts() {
		String only = this.given.get("--only");
		return (only != null) ? List.of(only.split(",")) : List.copyOf(this.allParts);
	}

	Container container() {
		return Container.of(this.given.getOrDefault("--container", Container.TOMCAT.id()));
	}

	public boolean isQuick() {
		return this.given.containsKey("--quick");
	}

	boolean isPublish() {
		return this.given.containsKey("--publish");
	}

	/**
	 * Return whether to measure more than Nexios WS and raw Spring.
	 * @return whether to measure the peers
	 */
	boolean hasPeers() {
		return !this.given.containsKey("--no-peers");
	}

	public int choose(int full, int quick) {
		return isQuick() ? quick : full;
	}

	/**
	 * Return the command with the same options, except options for a specific machine.
	 * @return the command
	 */
	String command() {
		StringBuilder command = new StringBuilder("benchmarks/run");
		this.given.forEach((option, value) -> {
			if (!option.equals("--home")) {
				command.append(' ').append(option).append(value.isEmpty() ? "" : " " + value);
			}
		});
		return command.toString();
	}

}
