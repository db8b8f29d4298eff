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
 * The queues of a connection, measured separately with JMH.
 *
 * @author Nexios Team
 */
final class QueuePart implements Part {

	@Override
	public void run(Workplace workplace, Report report) {
		Options options = workplace.options();
		String seconds = options.isQuick() ? "300ms" : "1s";
		String classPath = Server.classPath(options, Container.TOMCAT::uses);
		String output = Commands.run(ServerProcess.tool("java"), "-cp", classPath, "org.openjdk.jmh.Main", "-f", "1",
				"-wi", "3", "-w", seconds, "-i", "5", "-r", seconds, "-v", "SILENT", "-rf", "csv", "-rff",
				"/dev/stdout", "io.nexios.ws.benchmarks.queue");
		ResultTable table = new ResultTable("Benchmark", "ns an operation", "± (99.9 %)");
		List<JmhScore> scores = JmhScore.parse(output);
		scores.forEach((score) -> table.addRow(score.benchmark(), Samples.format(score.score()),
				Samples.format(score.error())));
		workplace.say(table.markdown());
		report.addSection("The queues of a connection", """
				The time of one message in each queue, measured with JMH without a network.
				""", table);
	}

}
