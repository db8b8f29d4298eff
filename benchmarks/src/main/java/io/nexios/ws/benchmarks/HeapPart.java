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

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.nexios.ws.benchmarks.LoadGenerator.IdleConnections;

/**
 * What a connection costs on which nothing happens: the growth of the live heap, after
 * collecting garbage.
 *
 * @author Nexios Team
 */
final class HeapPart implements Part {

	private static final String KILOBYTES = "kilobytes";

	private static final int HOLD_SECONDS = 120;

	private static final long SETTLING_MILLISECONDS = 1500;

	private static final String SMALL_BUFFERS = "--nexios.ws.tomcat.buffer-size=2KB";

	private static final String RAW_LIMIT = "--benchmark.raw.message-limit=1MB";

	private static final Side NEXIOS_SMALL = new Side("Nexios WS, buffer-size 2 KB", Server.APPLICATION,
			"/nexios/echo");

	private static final Side RAW_LARGE = new Side("raw Spring, 1 MB limit", Server.APPLICATION, "/raw/echo");

	private final Comparison comparison = new Comparison("idle", List.of());

	@Override
	public void run(Workplace workplace, Report report) {
		boolean quick = workplace.options().quick();
		int connections = quick ? 1000 : 5000;
		List<Side> sides = quick ? List.of(Side.NEXIOS_ECHO, Side.RAW_ECHO)
				: List.of(Side.NEXIOS_ECHO, Side.NEXIOS_CONSUMER, Side.RAW_ECHO, Side.VERTX_ECHO, Side.QUARKUS_VIRTUAL);
		List<Side> available = workplace.available(sides);
		measure(workplace, available, connections);
		measureWith(SMALL_BUFFERS, NEXIOS_SMALL, connections, workplace);
		measureWith(RAW_LIMIT, RAW_LARGE, 100, workplace);
		report.addComparison("heap", this.comparison);
		addTargets(report);
		report.addSection("Idle connections", """
				Growth of the live heap for each of %,d open connections, after collecting garbage; %s with 100, as they
				take so much. Nexios WS takes messages of 1 MB in all rows; the others take what they do by default.
				""".formatted(connections, RAW_LARGE.name()), table());
	}

	private void measure(Workplace workplace, List<Side> sides, int connections) {
		sides.forEach((side) -> heapPerConnection(workplace, workplace.server(side.server()), side, 200));
		this.comparison.run(workplace.options().quick() ? 1 : 3, workplace, sides,
				(side) -> heapPerConnection(workplace, workplace.server(side.server()), side, connections));
	}

	private void measureWith(String property, Side side, int connections, Workplace workplace) {
		try (ServerProcess server = ServerProcess.start(side.server(), workplace.options(), property)) {
			heapPerConnection(workplace, server, side, connections / 10);
			this.comparison.run(workplace.options().quick() ? 1 : 3, workplace, List.of(side),
					(same) -> heapPerConnection(workplace, server, same, connections));
		}
	}

	private Measurement heapPerConnection(Workplace workplace, ServerProcess server, Side side, int connections) {
		long filesBefore = server.openFiles();
		long before = server.liveHeap();
		try (IdleConnections idle = workplace.generator().open(Load.idle(connections, HOLD_SECONDS), server, side)) {
			Poll.pause(SETTLING_MILLISECONDS);
			double growth = server.liveHeap() - before;
			return new Measurement(Map.of(KILOBYTES, growth / 1024 / idle.measurement().get("opened")));
		}
		finally {
			Poll.until(Duration.ofSeconds(20), () -> server.openFiles() <= filesBefore + 10);
		}
	}

	private ResultTable table() {
		ResultTable table = new ResultTable("Side", "KB a connection", "× raw");
		for (Side side : this.comparison.sides()) {
			table.addRow(side.name(), this.comparison.samples(side, KILOBYTES),
					side.equals(Side.RAW_ECHO) ? "" : this.comparison.ratios(side, Side.RAW_ECHO, KILOBYTES));
		}
		return table;
	}

	private void addTargets(Report report) {
		report.addTarget(Target.atMost("Heap for an idle connection, 1 MB message limit", 56).in("KB"),
				this.comparison.samples(Side.NEXIOS_ECHO, KILOBYTES));
		report.addTarget(Target.atMost("… with `nexios.ws.tomcat.buffer-size`", 20).in("KB"),
				this.comparison.samples(NEXIOS_SMALL, KILOBYTES));
		List<Plot.Bar> bars = this.comparison.sides()
			.stream()
			.filter((side) -> !side.equals(RAW_LARGE))
			.map((side) -> new Plot.Bar(side.name(), this.comparison.samples(side, KILOBYTES), side.isOurs()))
			.toList();
		report.addPanel(new Plot.Panel("Live heap for an idle connection, KB", bars));
	}

}
