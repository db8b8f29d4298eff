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
 * Every message is sent back. All sides are measured with 100 connections and small
 * messages. All other combinations are measured with Nexios WS and raw Spring only.
 *
 * @author Nexios Team
 */
final class EchoPart implements Part {

	private static final List<Side> OURS_AND_RAW = List.of(Side.NEXIOS_ECHO, Side.RAW_ECHO);

	private static final List<Side> ALL = List.of(Side.NEXIOS_ECHO, Side.NEXIOS_CONSUMER, Side.RAW_ECHO,
			Side.VERTX_ECHO, Side.QUARKUS_ECHO, Side.QUARKUS_VIRTUAL);

	@Override
	public void run(Workplace workplace, Report report) {
		Options options = workplace.options();
		List<Side> sides = workplace.available(ALL);
		sides.forEach((side) -> workplace.measure(Load.echo(100, 16, 32, 1, options.choose(6, 3)), side));
		ResultTable table = FigureTable.create("Connections, in flight, size", "messages/s");
		for (int inFlight : new int[] { 1, 16 }) {
			Comparison comparison = compare(workplace, sides, 100, inFlight, 32);
			FigureTable.addRows(table, comparison, Side.RAW_ECHO);
			report.addComparison("echo", comparison);
			report.addPanel(new Plot.Panel(work(inFlight) + "CPU per message, µs",
					FigureTable.bars(comparison, FigureTable.CPU)));
			Comparison pairs = Comparison.ofPairs(comparison.name(), Side.NEXIOS_ECHO, Side.RAW_ECHO)
				.run(options.choose(15, 5), workplace, Load.echo(100, inFlight, 32, 1, options.choose(2, 1)));
			addTargets(report, pairs, inFlight);
			FigureTable.addRows(table, pairs, Side.RAW_ECHO);
			report.addComparison("echo", pairs);
		}
		report.addSection("Echo",
				"""
						Every connection keeps the given number of messages in flight. It sends the next message when one comes
						back. Raw Spring calls the handler on the thread that reads. Nexios WS wakes the thread that runs the
						handler. With one message in flight, each message has this extra cost. With more messages in flight,
						messages that arrive and are answered together share it.
						On Tomcat with virtual threads, Nexios WS saves system calls: the poller reads ahead, and the socket stays
						in the poller's selector. With more messages in flight, connections are read a millisecond later, so each
						read gets more messages.
						""",
				table);
		if (!options.isQuick()) {
			runCross(workplace, report);
		}
	}

	private void runCross(Workplace workplace, Report report) {
		ResultTable table = FigureTable.create("Connections, in flight, size", "messages/s");
		for (int connections : new int[] { 1, 100, 1000 }) {
			for (int inFlight : new int[] { 1, 16 }) {
				for (int size : new int[] { 32, 4096 }) {
					if (connections != 100 || size != 32) {
						Comparison comparison = compare(workplace, OURS_AND_RAW, connections, inFlight, size);
						FigureTable.addRows(table, comparison, Side.RAW_ECHO);
						report.addComparison("echo", comparison);
					}
				}
			}
		}
		report.addSection("Echo with other numbers of connections and sizes", "", table);
	}

	private Comparison compare(Workplace workplace, List<Side> sides, int connections, int inFlight, int size) {
		int seconds = workplace.options().choose(2, 1);
		String name = "%,d, %d, %s".formatted(connections, inFlight, (size < 1024) ? size + " B" : size / 1024 + " KB");
		return new Comparison(name, sides).run(3, workplace, Load.echo(connections, inFlight, size, 1, seconds));
	}

	private static void addTargets(Report report, Comparison comparison, int inFlight) {
		boolean one = inFlight == 1;
		report.addTarget(Target.atLeast(work(inFlight) + "throughput", one ? 1 : 1.5),
				comparison.ratios(Side.NEXIOS_ECHO, Side.RAW_ECHO, FigureTable.RATE));
		report.addTarget(Target.atMost(work(inFlight) + "server CPU per message", one ? 1.25 : 0.65),
				comparison.ratios(Side.NEXIOS_ECHO, Side.RAW_ECHO, FigureTable.CPU));
	}

	private static String work(int inFlight) {
		return "Echo, 100 connections, %d in flight: ".formatted(inFlight);
	}

}
