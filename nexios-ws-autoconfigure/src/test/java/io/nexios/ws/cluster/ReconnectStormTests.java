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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages that all come back to one node at once.
 *
 * @author Nexios Team
 */
@RequiresRedis
class ReconnectStormTests {

	private static final int PAGES = 1000;

	private static final int MISSED = 20;

	@Test
	void pagesThatComeBackAtOnceGetEverythingAndCostFewReads() {
		List<RawWs> pages = new ArrayList<>();
		try (RedisServer redis = RedisServer.start();
				LocalNode sender = LocalNode.start(redis.port());
				LocalNode node = LocalNode.start(redis.port(), "nexios.ws.handler.max-threads=1100",
						"nexios.ws.redis.publish-timeout=10s", "server.tomcat.accept-count=1000")) {
			List<String> positions = new ArrayList<>();
			for (int number = 0; number < MISSED; number++) {
				positions.add(sender.channels().position("room"));
				sender.channels().groupSend("room", number, SendOptions.create().saveHistory());
			}
			long reads = calls(redis, "xrange");
			long scripts = calls(redis, "evalsha");
			long start = System.nanoTime();
			try {
				for (int i = 0; i < PAGES; i++) {
					pages.add(RawWs.open(node.port(), "/rooms/room?position=" + positions.get(i % MISSED)));
				}
				for (int i = 0; i < PAGES; i++) {
					expectAllAfter(i % MISSED, pages.get(i));
				}
				assertThat(calls(redis, "xrange") - reads).isLessThanOrEqualTo(3);
				// Four times a second the node says how many members the room has
				long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
				assertThat(calls(redis, "evalsha") - scripts).isLessThanOrEqualTo(20 + 4 * seconds);
				assertThat(node.channels().channels("room")).hasSize(PAGES);
				sender.channels().groupSend("room", "last", SendOptions.create().saveHistory());
				pages.forEach((page) -> assertThat(page.readText()).contains("\"data\":\"last\""));
			}
			finally {
				pages.forEach(RawWs::close);
			}
			Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> node.channels().channels("room").isEmpty());
		}
	}

	private static void expectAllAfter(int first, RawWs page) {
		assertThat(page.readText()).contains("RECOVERED").contains("\"missed\":" + (MISSED - first));
		for (int number = first; number < MISSED; number++) {
			assertThat(page.readText()).contains("\"data\":" + number + ",");
		}
	}

	// Scripts are counted, and what they call as well
	private static long calls(RedisServer redis, String command) {
		String statistics = redis.info("commandstats").getOrDefault("cmdstat_" + command, "calls=0,");
		return Long.parseLong(statistics.substring("calls=".length(), statistics.indexOf(',')));
	}

}
