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

import java.util.List;

/**
 * Connections that open and close at once, with or without joining and leaving a group.
 *
 * @author Nexios Team
 */
final class ConnectPart implements Part {

	private static final int AT_ONCE = 50;

	private static final List<Side> ECHO = List.of(Side.NEXIOS_ECHO, Side.RAW_ECHO, Side.VERTX_ECHO,
			Side.QUARKUS_VIRTUAL);

	private static final List<Side> GROUP = List.of(Side.NEXIOS_GROUP, Side.RAW_GROUP);

	@Override
	public void run(Workplace workplace, Report report) {
		Options options = workplace.options();
		List<Side> sides = workplace.available(options.isQuick() ? ECHO.subList(0, 2) : ECHO);
		ResultTable table = FigureTable.create("Work", "connections/s");
		Comparison echo = compare(workplace, "open, close", sides);
		FigureTable.addRows(table, echo, Side.RAW_ECHO);
		report.addComparison("connect", echo);
		Comparison pairs = Comparison.ofPairs(echo.name(), Side.NEXIOS_ECHO, Side.RAW_ECHO)
			.run(options.choose(15, 5), workplace, Load.connect(AT_ONCE, 1, options.choose(2, 1)));
		report.addTarget(Target.atLeast("Handshakes/s", 0.9),
				pairs.ratios(Side.NEXIOS_ECHO, Side.RAW_ECHO, FigureTable.RATE));
		FigureTable.addRows(table, pairs, Side.RAW_ECHO);
		report.addComparison("connect", pairs);
		if (!options.isQuick()) {
			Comparison group = compare(workplace, "open, join, leave, close", GROUP);
			FigureTable.addRows(table, group, Side.RAW_GROUP);
			report.addComparison("connect", group);
		}
		report.addSection("Connecting",
				"""
						50 connections at a time open, send a close at once, and wait for the server's close. Latency is from the
						start of the TCP connection to the end of the opening handshake. With Nexios WS the request waits until
						the handler accepts, and the handler waits until the connection is open. So there are two switches between
						two threads.
						""",
				table);
	}

	// Opening a connection runs much code, which sides in the same process share. Without
	// a warm-up, the first side would pay for the compilation
	private static void warmUp(Workplace workplace, List<Side> sides) {
		for (int i = 0; i < 3; i++) {
			sides.forEach((side) -> workplace.measure(Load.connect(AT_ONCE, 0, 6), side));
		}
	}

	private Comparison compare(Workplace workplace, String name, List<Side> sides) {
		Options options = workplace.options();
		warmUp(workplace, sides);
		return new Comparison(name, sides).run(3, workplace, Load.connect(AT_ONCE, 1, options.choose(3, 1)));
	}

}
