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

package io.nexios.ws.autoconfigure.redis;

import io.lettuce.core.RedisClient;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.autoconfigure.NexiosWsProperties;
import io.nexios.ws.autoconfigure.PropertiesServerSettings;
import io.nexios.ws.autoconfigure.routing.ConditionalOnWebSocketRoutes;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.redis.RedisGroupBroker;
import io.nexios.ws.broker.redis.RedisSettings;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.thread.ServerTime;
import io.nexios.ws.ticket.TicketStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Auto-configuration of groups across nodes on Redis. It comes before the
 * auto-configuration that has groups on one node only.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@AutoConfiguration(before = NexiosWsAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBooleanProperty(name = "nexios.ws.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "nexios.ws.redis.enabled")
@ConditionalOnWebSocketRoutes
@EnableConfigurationProperties(NexiosWsProperties.class)
public final class NexiosWsRedisAutoConfiguration {

	@Bean
	RedisSettings nexiosWsRedisSettings(NexiosWsProperties properties) {
		return PropertiesServerSettings.redis(properties);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ DataRedisConnectionDetails.class, LettuceConnectionFactory.class, RedisClient.class })
	static class LettuceConfiguration {

		@Bean
		OwnRedisClient nexiosWsRedisClient(ObjectProvider<RedisConnectionFactory> factories,
				ObjectProvider<DataRedisConnectionDetails> details,
				ObjectProvider<RedisStaticMasterReplicaConfiguration> masterReplica) {
			boolean reads = masterReplica.stream().findAny().isPresent()
					|| details.stream().anyMatch((connection) -> connection.getMasterReplica() != null);
			return new OwnRedisClient(SupportedFactory.of(factories.getIfAvailable(), reads));
		}

		@Bean
		@ConditionalOnMissingBean(GroupBroker.class)
		RedisEngine nexiosWsRedisEngine(OwnRedisClient client, RedisSettings settings, NexiosWsProperties properties,
				ServerThreads threads, ObjectProvider<RedisObserver> observer) {
			ServerTime time = new ServerTime(threads);
			return new RedisEngine(new RedisGroupBroker(client.connector(time), settings,
					PropertiesServerSettings.historyLimits(properties), time, threads::executeSurely,
					observer.getIfAvailable(() -> RedisObserver.NONE)));
		}

		@Bean
		@ConditionalOnBean(RedisEngine.class)
		RedisGroupBroker nexiosWsRedisGroupBroker(RedisEngine engine) {
			return engine.broker();
		}

		@Bean
		@ConditionalOnBean(RedisEngine.class)
		@ConditionalOnMissingBean
		TicketStore nexiosWsTicketStore(RedisEngine engine) {
			return engine.broker().tickets();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(OnMissingLettuce.class)
	static class MissingLettuceConfiguration {

		// Not a usual bean, because that would be created late or never if beans are lazy
		@Bean
		static BeanFactoryPostProcessor nexiosWsRequiredLettuce() {
			return (beanFactory) -> {
				throw RedisFailures.missingLettuce();
			};
		}

	}

	static final class OnMissingLettuce extends NoneNestedConditions {

		OnMissingLettuce() {
			super(ConfigurationPhase.PARSE_CONFIGURATION);
		}

		@ConditionalOnClass({ DataRedisConnectionDetails.class, LettuceConnectionFactory.class, RedisClient.class })
		static class Lettuce {

		}

	}

}
