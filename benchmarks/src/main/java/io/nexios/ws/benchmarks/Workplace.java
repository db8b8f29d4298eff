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

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The load generator and the servers that have been started so far. Servers run until the
 * end, so that all compared servers are equally warm.
 *
 * @author Nexios Team
 */
public final class Workplace implements AutoCloseable {

	private final Map<Server, ServerProcess> servers = new EnumMap<>(Server.class);

	private final Set<Server> unavailable = new LinkedHashSet<>();

	private final Set<String> notes = new LinkedHashSet<>();

	private final Options options;

	private final PrintStream out;

	private final LoadGenerator generator;

	Workplace(Options options, PrintStream out) {
		this.options = options;
		this.out = out;
		this.generator = new LoadGenerator(options.target().resolve("wsload"));
	}

	public Options options() {
		return this.options;
	}

	public LoadGenerator generator() {
		return this.generator;
	}

	/**
	 * Omit the sides that are not requested or whose server is not available.
	 * @param sides the sides
	 * @return those that can be measured
	 */
	List<Side> available(List<Side> sides) {
		return sides.stream()
			.filter((side) -> this.options.hasPeers() || !side.isPeer())
			.filter((side) -> isAvailable(side.server()))
			.toList();
	}

	private boolean isAvailable(Server server) {
		if (this.unavailable.contains(server)) {
			return false;
		}
		try {
			server(server);
			return true;
		}
		catch (UnavailableException ex) {
			this.unavailable.add(server);
			note(String.valueOf(ex.getMessage()));
			return false;
		}
	}

	public ServerProcess server(Server server) {
		return this.servers.computeIfAbsent(server, (missing) -> ServerProcess.start(missing, this.options));
	}

	Measurement measure(Load load, Side side) {
		Measurement measurement = this.generator.run(load, server(side.server()), side);
		if (measurement.get("failed") > 0) {
			note("%s lost connections under \"%s %s\".".formatted(side.name(), load.work(),
					String.join(" ", load.options())));
		}
		return measurement;
	}

	public void say(String line) {
		this.out.println(line);
	}

	/**
	 * Add a note for the reader of the report.
	 * @param note the note
	 */
	public void note(String note) {
		if (this.notes.add(note)) {
			say("! " + note);
		}
	}

	Set<String> notes() {
		return this.notes;
	}

	@Override
	public void close() {
		this.servers.values().forEach(ServerProcess::close);
	}

}
