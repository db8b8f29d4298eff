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

package io.nexios.ws.testsupport.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TCP sockets of the process, if the system provides them. Other files do not count,
 * because class loading opens archives, and the JVM has its own sockets.
 *
 * @author Nexios Team
 */
final class Sockets implements SharedState {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

	private static final int INODE = 9;

	@Override
	public Set<String> items() {
		Set<String> tcp = entries().map((entry) -> "socket:[" + entry[INODE] + "]").collect(Collectors.toSet());
		return descriptors().filter(tcp::contains).collect(Collectors.toSet());
	}

	@Override
	public boolean mayShrink() {
		return true;
	}

	@Override
	public String describe(Object item) {
		return entries().filter((entry) -> item.equals("socket:[" + entry[INODE] + "]"))
			.map((entry) -> String.join(" ", entry))
			.findFirst()
			.orElse("socket, closed meanwhile");
	}

	/**
	 * Return the TCP sockets of the system.
	 * @return the columns of each entry
	 */
	private static Stream<String[]> entries() {
		return TABLES.stream()
			.filter(Files::exists)
			.flatMap((table) -> read(table).stream().skip(1))
			.map((line) -> line.trim().split("\\s+"));
	}

	private static List<String> read(Path table) {
		try {
			return Files.readAllLines(table);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<String> descriptors() {
		if (!Files.exists(DESCRIPTORS)) {
			return Stream.empty();
		}
		try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
			return descriptors.map(Sockets::target).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String target(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (IOException ex) {
			// Closed meanwhile
			return "";
		}
	}

}
