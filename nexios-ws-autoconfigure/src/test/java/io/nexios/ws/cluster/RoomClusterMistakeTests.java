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

import java.util.List;
import java.util.Random;

import io.nexios.ws.cluster.WrongDeliveries.Mistake;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link RoomClusterTests} would find mistakes.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RoomClusterMistakeTests {

	@Test
	void messageThatIsNotDeliveredIsFound() {
		assertThat(run(DroppingConfiguration.class)).isNotEmpty();
	}

	@Test
	void messageThatIsSavedTwiceIsFound() {
		assertThat(run(RepeatingConfiguration.class)).isNotEmpty();
	}

	private static List<String> run(Class<?> configuration) {
		try (RoomCluster cluster = RoomCluster.start(2, configuration);
				RoomTraffic traffic = RoomTraffic.start(cluster, new Random(1))) {
			traffic.awaitMore(100);
			return traffic.finish();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class DroppingConfiguration {

		@Bean
		static WrongDeliveries wrongDeliveries() {
			return new WrongDeliveries(Mistake.NOT_DELIVERED);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RepeatingConfiguration {

		@Bean
		static WrongDeliveries wrongDeliveries() {
			return new WrongDeliveries(Mistake.SAVED_TWICE);
		}

	}

}
