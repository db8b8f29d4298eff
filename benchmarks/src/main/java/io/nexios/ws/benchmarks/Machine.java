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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Facts about the machine for the reader of the report. They contain no names and no
 * paths.
 *
 * @param processor the model of the processor
 * @param cores the number of cores
 * @param memory the size of the memory
 * @param kernel the operating system
 * @param jdk the JDK of the servers
 * @author Nexios Team
 */
record Machine(String processor, int cores, String memory, String kernel, String jdk) {

	static Machine current() {
		return new Machine(value("/proc/cpuinfo", "model name"), Runtime.getRuntime().availableProcessors(),
				memorySize(),
				System.getProperty("os.name") + " " + System.getProperty("os.version").replaceAll("[^0-9.].*", ""),
				System.getProperty("java.vm.vendor") + " " + Runtime.version());
	}

	private static String memorySize() {
		String kilobytes = value("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
		return String.format(Locale.ROOT, "%.0f GiB", Long.parseLong(kilobytes) / (1024.0 * 1024.0));
	}

	private static String value(String file, String name) {
		try {
			return Files.readAllLines(Path.of(file))
				.stream()
				.filter((line) -> line.startsWith(name))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("unknown");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
