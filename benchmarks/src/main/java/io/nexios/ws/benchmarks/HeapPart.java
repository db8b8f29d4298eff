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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nexios.ws.benchmarks.LoadGenerator.IdleConnections;

/**
 * The heap for an idle connection. Every measurement has a separate process, because
 * containers keep the buffers of closed connections for new connections.
 *
 * @author Nexios Team
 */
final class HeapPart implements Part {

	private static final String KILOBYTES = "kilobytes";

	// The stack of a handler is smaller after its code is compiled, which happens soon
	private static final Load WARM_UP = Load.connect(20, 0, 8);

	private static final int HOLD_SECONDS = 120;

	private static final long SETTLING_MILLISECONDS = 1500;

	private static final Side NEXIOS_SMALL = new Side("Nexios WS, 1 KB buffers", Server.APPLICATION, "/nexios/echo");

	private static final Side RAW_LARGE = new Side("raw Spring, 1 MB limit", Server.APPLICATION, "/raw/echo");

	private static final Map<Side, String> properties = Map.of(NEXIOS_SMALL, "--nexios.ws.tomcat.buffer-size=1KB",
			RAW_LARGE, "--benchmark.raw.message-limit=1MB");

	// Each connection takes several megabytes
	private static final int LARGE_CONNECTIONS = 100;

	@Override
	public void run(Workplace workplace, Report report) {
		Options options = workplace.options();
		int connections = options.choose(5000, 3000);
		Comparison comparison = new Comparison("idle", workplace.available(sides(options)));
		comparison.run(options.isQuick() ? 1 : 3, workplace, comparison.sides(),
				(side) -> measure(workplace, side, side.equals(RAW_LARGE) ? LARGE_CONNECTIONS : connections));
		report.addComparison("heap", comparison);
		addTargets(report, comparison);
		report.addSection("Idle connections",
				"""
						Growth of the used heap for each of %,d open connections, after a garbage collection. With a limit of 1 MB
						there are only %d connections, because raw Spring on Tomcat allocates the 1 MB at once. Nexios WS accepts
						messages of 1 MB in all its rows. Raw Spring accepts messages of 8 KB unless the row has another limit.
						"""
					.formatted(connections, LARGE_CONNECTIONS),
				table(comparison));
	}

	private static List<Side> sides(Options options) {
		boolean tomcat = options.container() == Container.TOMCAT;
		Stream<Side> sides = options.isQuick() ? Stream.of(Side.NEXIOS_ECHO, NEXIOS_SMALL, Side.RAW_ECHO, RAW_LARGE)
				: Stream.of(Side.NEXIOS_ECHO, Side.NEXIOS_CONSUMER, NEXIOS_SMALL, Side.RAW_ECHO, RAW_LARGE,
						Side.VERTX_ECHO, Side.QUARKUS_VIRTUAL);
		return sides.filter((side) -> tomcat || !side.equals(NEXIOS_SMALL)).toList();
	}

	private static Measurement measure(Workplace workplace, Side side, int connections) {
		String[] property = properties.containsKey(side) ? new String[] { properties.get(side) } : new String[0];
		try (ServerProcess server = ServerProcess.start(side.server(), workplace.options(), property)) {
			workplace.generator().run(WARM_UP, server, side);
			server.settle();
			long before = server.usedHeap();
			try (IdleConnections idle = workplace.generator()
				.open(Load.idle(connections, HOLD_SECONDS), server, side)) {
				Poll.pause(SETTLING_MILLISECONDS);
				double opened = idle.measurement().get("opened");
				Map<String, Double> values = new LinkedHashMap<>();
				values.put("opened", opened);
				values.put(KILOBYTES, (server.usedHeap() - before) / 1024 / opened);
				return new Measurement(values);
			}
		}
	}

	private static ResultTable table(Comparison comparison) {
		ResultTable table = new ResultTable("Side", "KB a connection", "× raw");
		for (Side side : comparison.sides()) {
			table.addRow(side.name(), comparison.samples(side, KILOBYTES),
					side.equals(Side.RAW_ECHO) ? "" : comparison.ratios(side, Side.RAW_ECHO, KILOBYTES));
		}
		return table;
	}

	private static void addTargets(Report report, Comparison comparison) {
		report.addTarget(Target.atMost("Heap for an idle connection, 1 MB message limit", 56).in("KB"),
				comparison.samples(Side.NEXIOS_ECHO, KILOBYTES));
		if (comparison.has(NEXIOS_SMALL)) {
			report.addTarget(Target.atMost("… with `nexios.ws.tomcat.buffer-size`", 20).in("KB"),
					comparison.samples(NEXIOS_SMALL, KILOBYTES));
		}
		List<Plot.Bar> bars = FigureTable.bars(comparison, KILOBYTES)
			.stream()
			.filter((bar) -> !bar.name().equals(RAW_LARGE.name()))
			.toList();
		report.addPanel(new Plot.Panel("Heap for an idle connection, KB", bars));
	}

}
