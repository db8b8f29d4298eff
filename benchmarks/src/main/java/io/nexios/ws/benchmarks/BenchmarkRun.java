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
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexios.ws.benchmarks.redis.RedisPart;

/**
 * The command. Runs the requested parts and writes the report.
 *
 * @author Nexios Team
 */
public final class BenchmarkRun {

	private static final Map<String, Part> parts = parts();

	private BenchmarkRun() {
	}

	private static Map<String, Part> parts() {
		Map<String, Part> parts = new LinkedHashMap<>();
		parts.put("echo", new EchoPart());
		parts.put("groups", new GroupPart());
		parts.put("connect", new ConnectPart());
		parts.put("heap", new HeapPart());
		parts.put("stalled", new StalledPart());
		parts.put("soak", new SoakPart());
		parts.put("queues", new QueuePart());
		parts.put("redis", new RedisPart());
		return parts;
	}

	public static void main(String[] args) throws IOException {
		PrintStream out = System.out;
		Options options;
		try {
			options = Options.parse(List.of(args), parts.keySet());
		}
		catch (IllegalArgumentException ex) {
			out.println(ex.getMessage());
			System.exit(2);
			return;
		}
		Report report = new Report(options, Machine.current());
		try (Workplace workplace = new Workplace(options, out)) {
			parts.forEach((name, part) -> {
				if (options.parts().contains(name)) {
					out.println("== " + name);
					part.run(workplace, report);
				}
			});
			workplace.notes().forEach(report::addNote);
		}
		out.println(report.markdown());
		report.write(out);
	}

}
