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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.benchmarks.Comparison;
import io.nexios.ws.benchmarks.Measurement;
import io.nexios.ws.benchmarks.Poll;
import io.nexios.ws.benchmarks.ResultTable;
import io.nexios.ws.benchmarks.Samples;
import io.nexios.ws.benchmarks.Server;
import io.nexios.ws.benchmarks.Side;
import io.nexios.ws.benchmarks.Target;
import io.nexios.ws.broker.redis.RedisGroupBroker;

/**
 * How long a node with many groups needs after all its connections have ended.
 *
 * @author Nexios Team
 */
final class ReconnectWork implements RedisWork {

	private static final int GROUPS = 10_000;

	private static final int AT_ONCE = 500;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Duration INTERVAL = Duration.ofMillis(5);

	private static final long PAUSE_MILLISECONDS = 500;

	private static final String MILLISECONDS = "milliseconds";

	private static final Side NODE = new Side("node", Server.NODE, "");

	@Override
	public void run(RedisPlace place) {
		CheckedGroups checked = new CheckedGroups();
		try (RedisGroupBroker broker = place.engines()
			.start((connector) -> new ForwardingConnector(connector, checked::send))) {
			subscribe(broker);
			Comparison comparison = place.measure(new Comparison("10,000 groups, reconnect", List.of(NODE)),
					place.options().choose(7, 3), (side) -> measure(place.engines(), checked));
			Samples times = comparison.samples(NODE, MILLISECONDS);
			place.report().addTarget(Target.atMost("10,000 groups: reconnect to checked", 2000).in("ms"), times);
			place.report()
				.addSection("Redis: connecting again",
						"""
								Redis ends all connections of a node that asks for %,d groups. The time until the node has subscribed to
								all of them again and Redis has told it their positions.
								"""
							.formatted(GROUPS),
						new ResultTable("Work", "ms").addRow("reconnect to checked", times));
		}
	}

	private static void subscribe(RedisGroupBroker broker) {
		for (int i = 0; i < GROUPS; i += AT_ONCE) {
			List<CompletionStage<?>> stages = new ArrayList<>();
			for (int k = i; k < i + AT_ONCE; k++) {
				stages.add(broker.subscribe("many-" + k));
			}
			stages.forEach(Engines::await);
		}
	}

	private static Measurement measure(Engines engines, CheckedGroups checked) {
		checked.clear();
		long start = System.nanoTime();
		engines.usage().endConnections();
		if (!Poll.until(LIMIT, INTERVAL, () -> checked.count() >= GROUPS)) {
			throw new IllegalStateException("Only %d groups were checked".formatted(checked.count()));
		}
		double milliseconds = (checked.last() - start) / 1e6;
		Poll.pause(PAUSE_MILLISECONDS);
		return new Measurement(Map.of(MILLISECONDS, milliseconds));
	}

}
