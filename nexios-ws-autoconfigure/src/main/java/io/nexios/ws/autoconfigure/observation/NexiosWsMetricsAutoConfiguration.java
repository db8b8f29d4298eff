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

package io.nexios.ws.autoconfigure.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.MemoryGroupBroker;
import io.nexios.ws.broker.redis.RedisGroupBroker;
import io.nexios.ws.observation.GroupMeters;
import io.nexios.ws.observation.MeterServerObserver;
import io.nexios.ws.observation.RedisMeters;
import io.nexios.ws.observation.ServerMeters;
import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.group.BrokerChannelBox;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of Micrometer meters.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@AutoConfiguration(after = NexiosWsAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ NexiosWsAutoConfiguration.class, MeterRegistry.class })
@ConditionalOnBooleanProperty(name = "nexios.ws.metrics.enabled", matchIfMissing = true)
public final class NexiosWsMetricsAutoConfiguration {

	@Bean
	MeterServerObserver nexiosWsMeterServerObserver(MeterRegistry registry) {
		return new MeterServerObserver(registry);
	}

	@Bean
	ServerMeters nexiosWsServerMeters(WebSocketServer server) {
		return new ServerMeters(server);
	}

	@Bean
	@ConditionalOnBean(BrokerChannelBox.class)
	GroupMeters nexiosWsGroupMeters(BrokerChannelBox channelBox, ObjectProvider<MemoryGroupBroker> memory) {
		return new GroupMeters(channelBox, memory.getIfAvailable());
	}

	@Bean
	@ConditionalOnBean(RedisGroupBroker.class)
	RedisMeters nexiosWsRedisMeters(MeterRegistry registry) {
		return new RedisMeters(registry);
	}

	@Bean
	@ConditionalOnBean(RedisGroupBroker.class)
	SmartInitializingSingleton nexiosWsRedisGauges(RedisMeters meters, GroupBroker broker) {
		return () -> {
			// The application may have wrapped it
			if (broker instanceof RedisGroupBroker redis) {
				meters.bind(redis::pendingBytes, redis::groups);
			}
		};
	}

}
