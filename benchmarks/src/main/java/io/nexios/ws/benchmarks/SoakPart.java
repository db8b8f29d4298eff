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

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Full load for some time, and the heap that remains afterwards.
 *
 * @author Nexios Team
 */
final class SoakPart implements Part {

	@Override
	public void run(Workplace workplace, Report report) {
		int seconds = workplace.options().choose(60, 10);
		ServerProcess server = workplace.server(Server.APPLICATION);
		load(workplace, 3);
		server.settle();
		long filesBefore = server.openFiles();
		long heapBefore = server.usedHeap();
		String rates = load(workplace, seconds);
		server.settle();
		long filesAfter = server.openFiles();
		long heapAfter = server.usedHeap();
		ResultTable table = new ResultTable("", "before", "after");
		table.addRow("heap after collecting garbage, MB", megabytes(heapBefore), megabytes(heapAfter));
		table.addRow("open files", filesBefore, filesAfter);
		workplace.say(table.markdown());
		report.addSection("Soak", """
				%d seconds of echo (200 connections, 16 in flight) and a group (500 members, 8 in flight) at the same
				time: %s.
				""".formatted(seconds, rates), table);
	}

	private String load(Workplace workplace, int seconds) {
		// One thread each, because the common pool may have only one
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			Future<Measurement> echo = executor
				.submit(() -> workplace.measure(Load.echo(200, 16, 128, 1, seconds), Side.NEXIOS_ECHO));
			Future<Measurement> group = executor
				.submit(() -> workplace.measure(Load.group(500, 8, 128, 1, seconds), Side.NEXIOS_GROUP));
			return "%,.0f echoes/s and %,.0f deliveries/s".formatted(echo.get().get(FigureTable.RATE),
					group.get().get(FigureTable.RATE));
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			executor.shutdown();
		}
	}

	private static String megabytes(long bytes) {
		return Samples.format(bytes / (1024.0 * 1024.0));
	}

}
