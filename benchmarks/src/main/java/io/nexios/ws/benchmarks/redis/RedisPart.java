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

import java.util.List;

import io.nexios.ws.benchmarks.Part;
import io.nexios.ws.benchmarks.Report;
import io.nexios.ws.benchmarks.UnavailableException;
import io.nexios.ws.benchmarks.Workplace;

/**
 * Groups on several nodes, with a real Redis.
 *
 * @author Nexios Team
 */
public final class RedisPart implements Part {

	@Override
	public void run(Workplace workplace, Report report) {
		try (RedisProcess redis = RedisProcess.start(workplace.options());
				Engines engines = Engines.connect(redis.port())) {
			RedisPlace place = new RedisPlace(workplace, report, redis, engines);
			measureNodes(place);
			List.of(new PublishCostWork(), new CoalescingWork(), new ReconnectWork(), new GroupHeapWork())
				.forEach((work) -> work.run(place));
		}
		catch (UnavailableException ex) {
			workplace.note(String.valueOf(ex.getMessage()));
		}
	}

	private static void measureNodes(RedisPlace place) {
		try (Nodes nodes = Nodes.start(place.options(), place.redis())) {
			List.of(new LatencyWork(nodes), new RateWork(nodes), new DeliveryWork(nodes))
				.forEach((work) -> work.run(place));
		}
	}

}
