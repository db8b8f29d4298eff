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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * All measurements as a document, a plot, and raw values.
 *
 * @author Nexios Team
 */
public final class Report {

	private static final int JDK = Runtime.version().feature();

	// The JDK that the command chooses if it is installed
	private static final int USUAL_JDK = 25;

	private static final String METHOD = """
			## Method

			- All sides are measured in the same run, in turns (A B C C B A …), on one machine that also runs the load
			  generator. Absolute figures mean little on other machines. Compare the ratios.
			- Nexios WS, raw Spring and Spring STOMP run in the same application and process. *Raw Spring* is a
			  `TextWebSocketHandler`. For groups it has a `ConcurrentWebSocketSessionDecorator` for each session
			  (512 KB, 10 s). Vert.x has one event loop per core. Quarkus is WebSockets Next. Every process has a
			  heap of 2 GB, and the application has `spring.threads.virtual.enabled=true`.
			- The load generator is one thread in C over loopback. It sends each message with a separate system call.
			- Echo and handshakes with a target are measured again *in pairs*: in many short turns of only Nexios WS and
			  raw Spring, because small differences matter there.
			- Each figure is the median of all rounds (at least three). The lowest and the highest value are in parentheses
			  and show the noise. A ratio is calculated for each round. The table has the median of these ratios.
			- CPU is the user and system time of the server process for each message or delivery. It is the most stable
			  figure. Throughput also depends on the CPU time that the load generator leaves to the server.
			""";

	private final List<String> sections = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	private final List<Plot.Panel> panels = new ArrayList<>();

	private final StringBuilder csv = new StringBuilder("part,work,side,round,figure,value\n");

	private final ResultTable targets = new ResultTable("Work", "Target", "Measured", "Verdict");

	private final Options options;

	private final Machine machine;

	private boolean hasTargets;

	Report(Options options, Machine machine) {
		this.options = options;
		this.machine = machine;
	}

	public void addTarget(Target target, Samples samples) {
		this.targets.addRow(target.what(), target.bounds(), samples, target.verdict(samples));
		this.hasTargets = true;
	}

	public void addSection(String title, String text, ResultTable table) {
		this.sections.add("## %s\n\n%s\n%s".formatted(title, text, table.markdown()));
	}

	void addPanel(Plot.Panel panel) {
		this.panels.add(panel);
	}

	void addNote(String note) {
		this.notes.add(note);
	}

	public void addComparison(String part, Comparison comparison) {
		for (Side side : comparison.sides()) {
			int round = 0;
			for (Measurement measurement : comparison.rounds(side)) {
				round++;
				addValues(List.of(part, comparison.name(), side.name(), String.valueOf(round)), measurement);
			}
		}
	}

	private void addValues(List<String> columns, Measurement measurement) {
		String prefix = columns.stream().map((column) -> "\"" + column + "\"").collect(Collectors.joining(","));
		measurement.values()
			.forEach((figure, value) -> this.csv.append(prefix)
				.append(String.format(Locale.ROOT, ",%s,%s%n", figure, value)));
	}

	String markdown() {
		StringBuilder markdown = new StringBuilder("# Performance\n\n");
		markdown.append(introduction()).append('\n');
		if (this.hasTargets) {
			markdown.append("## Targets\n\nThe targets are for Tomcat on JDK 25.\n\n")
				.append(this.targets.markdown())
				.append('\n');
		}
		if (!this.panels.isEmpty()) {
			markdown.append("![Comparison of all sides](%s.svg)\n\n".formatted(name()));
		}
		this.sections.forEach((section) -> markdown.append(section).append('\n'));
		if (!this.notes.isEmpty()) {
			markdown.append("## Notes\n\n");
			this.notes.forEach((note) -> markdown.append("- ").append(note).append('\n'));
			markdown.append('\n');
		}
		return markdown.append(METHOD).toString();
	}

	private String introduction() {
		String quick = this.options.isQuick()
				? "**These are the figures of a quick run**. The run was short, and the machine may have been busy.\n\n"
				: "";
		ResultTable table = new ResultTable("", "").addRow("Date", LocalDate.now(ZoneOffset.UTC))
			.addRow("Processor", this.machine.processor())
			.addRow("Cores", this.machine.cores())
			.addRow("Memory", this.machine.memory())
			.addRow("System", this.machine.kernel())
			.addRow("JDK", this.machine.jdk())
			.addRow("Container", this.options.container().title());
		return quick + "This command" + jdk() + " wrote this document. You can run it yourself:\n\n```console\n$ "
				+ this.options.command() + "\n```\n\n" + table.markdown();
	}

	private static String jdk() {
		return (JDK == USUAL_JDK) ? "" : " with a JDK " + JDK + " in `JAVA_HOME`";
	}

	private String name() {
		String container = (this.options.container() == Container.TOMCAT) ? "" : "-" + this.options.container().id();
		return "performance" + container + ((JDK == USUAL_JDK) ? "" : "-jdk" + JDK);
	}

	/**
	 * Write all files. If requested, also write the published documents.
	 * @param out prints where the files are
	 * @throws IOException if they cannot be written
	 */
	void write(PrintStream out) throws IOException {
		Path results = Files.createDirectories(this.options.target().resolve("results"));
		Files.writeString(results.resolve(name() + ".csv"), this.csv);
		writeDocuments(results);
		out.println("Written to benchmarks/target/results");
		if (this.options.isPublish()) {
			writeDocuments(Files.createDirectories(this.options.home().resolve("../docs")));
			out.println("Written to docs");
		}
	}

	private void writeDocuments(Path directory) throws IOException {
		Files.writeString(directory.resolve(name() + ".md"), markdown());
		if (!this.panels.isEmpty()) {
			Files.writeString(directory.resolve(name() + ".svg"), new Plot(this.panels).svg());
		}
	}

}
