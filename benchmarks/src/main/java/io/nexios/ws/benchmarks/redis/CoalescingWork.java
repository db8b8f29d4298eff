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

package io.nexios.ws.benchmarks.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import io.nexios.ws.benchmarks.Comparison;
import io.nexios.ws.benchmarks.Measurement;
import io.nexios.ws.benchmarks.ResultTable;
import io.nexios.ws.benchmarks.Samples;
import io.nexios.ws.benchmarks.Server;
import io.nexios.ws.benchmarks.Side;
import io.nexios.ws.broker.redis.RedisGroupBroker;

/**
 * Requests that are written together, against requests that are written one by one.
 *
 * @author Nexios Team
 */
final class CoalescingWork implements RedisWork {

	private static final Side ON = new Side("written together", Server.NODE, "");

	private static final Side OFF = new Side("written one by one", Server.NODE, "");

	private static final String CPU = "cpu_us";

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	@Override
	public void run(RedisPlace place) {
		Engines engines = place.engines();
		try (RedisGroupBroker on = engines.start();
				RedisGroupBroker off = engines
					.start((connector) -> new UnbatchedConnector(connector, engines.client()))) {
			int seconds = place.options().choose(8, 3);
			Comparison comparison = place.measure(new Comparison("coalescing", List.of(ON, OFF)),
					place.options().choose(7, 3), (side) -> measure(engines, side.equals(ON) ? on : off, seconds));
			addTable(place, comparison);
		}
	}

	private Measurement measure(Engines engines, RedisGroupBroker broker, int seconds) {
		new RandomPublisher(broker, 1).run();
		long writes = writes();
		double redis = engines.usage().cpuSeconds();
		long client = this.system.getProcessCpuTime();
		Samples latencies = new RandomPublisher(broker, seconds).run();
		double count = RandomPublisher.RATE * seconds;
		return new Measurement(Map.of("writes", (writes() - writes) / count, CPU,
				(this.system.getProcessCpuTime() - client) / 1000 / count, "redis_cpu_us",
				(engines.usage().cpuSeconds() - redis) * 1e6 / count, "p50_us", latencies.median()));
	}

	private static long writes() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/self/io"))) {
			return lines.filter((line) -> line.startsWith("syscw:"))
				.mapToLong((line) -> Long.parseLong(line.substring("syscw:".length()).strip()))
				.sum();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void addTable(RedisPlace place, Comparison comparison) {
		ResultTable table = new ResultTable("Requests", "writes a message", "CPU µs each", "Redis CPU µs each",
				"p50 µs");
		for (Side side : comparison.sides()) {
			table.addRow(side.name(), comparison.samples(side, "writes"), comparison.samples(side, CPU),
					comparison.samples(side, "redis_cpu_us"), comparison.samples(side, "p50_us"));
		}
		place.report().addSection("Redis: requests that are written together", """
				%,d saved messages of 200 bytes per second are published by %d threads at random times. The
				time is from publishing to the acceptance by Redis. CPU includes the work of the publishing threads.
				Writes are system calls of this process, also those that wake a thread.
				""".formatted(RandomPublisher.RATE, RandomPublisher.THREADS), table);
	}

}
