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
import java.util.Random;

import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes, writers and pages on all of them, and a Redis to which faults happen. A
 * seed repeats a run: {@code -Dnexios.cluster.seed}. A run takes
 * {@code -Dnexios.cluster.seconds}. With the profile {@code stress}, the nodes also run
 * in processes of their own.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RoomClusterTests {

	private static final int NODES = 3;

	private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("nexios.cluster.seconds", 60));

	private static final long SEED = seed();

	private static long seed() {
		String seed = System.getProperty("nexios.cluster.seed");
		return StringUtils.hasText(seed) ? Long.parseLong(seed) : new Random().nextLong();
	}

	@Test
	@Timeout(3600)
	void nothingIsLostSilentlyWhateverHappensToRedis() {
		System.out.println("Repeat this run with -Dnexios.cluster.seed=" + SEED);
		try (RoomCluster cluster = RoomCluster.start(NODES)) {
			assertThat(FaultyRun.violations(cluster, SEED, LENGTH)).as("seed " + SEED).isEmpty();
		}
	}

	@Test
	@Timeout(3600)
	@EnabledIfSystemProperty(named = "nexios.stress.seconds", matches = "\\d{2,}",
			disabledReason = "Nodes have processes with the profile 'stress'")
	void nothingIsLostSilentlyIfNodesAreKilledToo() {
		System.out.println("Repeat this run with -Dnexios.cluster.seed=" + SEED);
		try (RoomCluster cluster = RoomCluster.startProcesses(NODES)) {
			assertThat(FaultyRun.violations(cluster, SEED, LENGTH)).as("seed " + SEED).isEmpty();
		}
	}

}
