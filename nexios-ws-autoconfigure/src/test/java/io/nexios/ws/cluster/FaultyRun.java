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

package io.nexios.ws.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Traffic in a cluster to which one fault after the other happens.
 *
 * @author Nexios Team
 */
final class FaultyRun {

	private static final int FIRST_MESSAGES = 20;

	private static final int MAX_MESSAGES = 50;

	private FaultyRun() {
	}

	/**
	 * Run.
	 * @param cluster the cluster
	 * @param seed decides about the faults
	 * @param length how long faults happen
	 * @return what is wrong
	 */
	static List<String> violations(RoomCluster cluster, long seed, Duration length) {
		Random random = new Random(seed);
		List<Fault> faults = cluster.faults();
		try (RoomTraffic traffic = RoomTraffic.start(cluster, random)) {
			traffic.awaitMore(FIRST_MESSAGES);
			long start = System.nanoTime();
			while (System.nanoTime() - start < length.toNanos()) {
				Fault fault = faults.get(random.nextInt(faults.size()));
				fault.happen(cluster, random.nextInt(cluster.size()));
				traffic.awaitMore(1 + random.nextInt(MAX_MESSAGES));
				cluster.awaitUp();
			}
			return traffic.finish();
		}
	}

}
