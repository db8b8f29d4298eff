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

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.protocol.ProtocolVersion;
import io.nexios.ws.WSRouter;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.redis.RedisSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.mock;

/**
 * Tests for {@link NexiosWsRedisAutoConfiguration}.
 *
 * @author Nexios Team
 */
class NexiosWsRedisAutoConfigurationTests {

	private final WebApplicationContextRunner disabled = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(DataRedisAutoConfiguration.class, NexiosWsRedisAutoConfiguration.class))
		.withBean("chat", WSRouter.class, () -> new WSRouter("/ws").addWsRoute("/chat", (ws) -> ws.accept()))
		.withBean(GroupBroker.class, () -> mock(GroupBroker.class));

	private final WebApplicationContextRunner enabled = this.disabled
		.withPropertyValues("nexios.ws.redis.enabled=true");

	private final WebApplicationContextRunner withoutFactory = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NexiosWsRedisAutoConfiguration.class))
		.withBean("chat", WSRouter.class, () -> new WSRouter("/ws").addWsRoute("/chat", (ws) -> ws.accept()))
		.withBean(GroupBroker.class, () -> mock(GroupBroker.class))
		.withPropertyValues("nexios.ws.redis.enabled=true");

	@Test
	void nothingIsThereByDefault() {
		this.disabled.run((context) -> assertThat(context).hasSingleBean(LettuceConnectionFactory.class)
			.doesNotHaveBean(NexiosWsRedisAutoConfiguration.class)
			.doesNotHaveBean(RedisSettings.class)
			.doesNotHaveBean(OwnRedisClient.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.data.redis", "io.lettuce", "org.springframework.boot.data.redis" })
	void nothingIsNeededIfDisabled(String missing) {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(NexiosWsRedisAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(missing))
			.withBean("chat", WSRouter.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RedisSettings.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.data.redis", "io.lettuce", "org.springframework.boot.data.redis" })
	void missingLibraryFailsTheStartAndSaysWhatToAdd(String missing) {
		this.withoutFactory.withClassLoader(new FilteredClassLoader(missing))
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(failure(context.getStartupFailure()))
				.contains("Spring Data Redis with Lettuce")
				.contains("org.springframework.boot:spring-boot-starter-data-redis"));
	}

	@Test
	void missingFactoryFailsTheStart() {
		this.withoutFactory.run((context) -> assertThat(failure(context.getStartupFailure()))
			.contains("needs a RedisConnectionFactory"));
	}

	@Test
	void factoryWithoutLettuceFailsTheStart() {
		this.withoutFactory.withBean(RedisConnectionFactory.class, () -> mock(RedisConnectionFactory.class))
			.run((context) -> assertThat(failure(context.getStartupFailure())).contains("needs Lettuce")
				.contains("spring.data.redis.client-type"));
	}

	@Test
	void clusterFailsTheStart() {
		this.enabled.withPropertyValues("spring.data.redis.cluster.nodes=127.0.0.1:1")
			.run((context) -> assertThat(failure(context.getStartupFailure()))
				.contains("does not support Redis Cluster yet"));
	}

	@Test
	void masterReplicaFailsTheStart() {
		this.enabled.withPropertyValues("spring.data.redis.masterreplica.nodes=127.0.0.1:1,127.0.0.1:2")
			.run((context) -> assertThat(failure(context.getStartupFailure())).contains("master-replica"));
	}

	private static String failure(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		assertThat(root).isInstanceOf(FailureAnalyzedException.class);
		FailureAnalyzedException analyzed = (FailureAnalyzedException) root;
		return analyzed.analysis().getDescription() + " " + analyzed.analysis().getAction();
	}

	@Test
	void applicationHasItsOwnFactoryOnly() {
		this.enabled.run((context) -> assertThat(context).hasSingleBean(LettuceConnectionFactory.class)
			.hasSingleBean(OwnRedisClient.class));
	}

	@Test
	void clientHasTheAddressOfTheApplicationAndOptionsOfItsOwn() {
		this.enabled
			.withPropertyValues("spring.data.redis.host=example.com", "spring.data.redis.port=1234",
					"spring.data.redis.username=user", "spring.data.redis.password=secret",
					"spring.data.redis.ssl.enabled=true", "spring.data.redis.timeout=30s")
			.run((context) -> {
				RedisClient client = context.getBean(OwnRedisClient.class).lettuce();
				assertThat(client).extracting("redisURI")
					.hasToString("rediss://user:******@example.com:1234?clientName=nexios-ws&timeout=2s");
				assertOptions(client.getOptions());
				LettuceConnectionFactory application = context.getBean(LettuceConnectionFactory.class);
				assertThat(client.getResources())
					.isSameAs(application.getClientConfiguration().getClientResources().orElseThrow());
			});
	}

	@Test
	void clientAsksTheSentinelsOfTheApplication() {
		this.enabled
			.withPropertyValues("spring.data.redis.sentinel.master=test",
					"spring.data.redis.sentinel.nodes=127.0.0.1:1,127.0.0.1:2")
			.run((context) -> assertThat(context.getBean(OwnRedisClient.class).lettuce()).extracting("redisURI")
				.asString()
				.contains("redis-sentinel:", "127.0.0.1:1", "127.0.0.1:2", "sentinelMasterId=test"));
	}

	private static void assertOptions(ClientOptions options) {
		assertThat(options.isAutoReconnect()).isFalse();
		assertThat(options.getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.REJECT_COMMANDS);
		assertThat(options.getTimeoutOptions().isTimeoutCommands()).isFalse();
		assertThat(options.getProtocolVersion()).isEqualTo(ProtocolVersion.RESP3);
		assertThat(options.getRequestQueueSize()).isEqualTo(Integer.MAX_VALUE);
		assertThat(options.getSocketOptions().getConnectTimeout()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void settingsHaveDefaults() {
		this.enabled.run((context) -> assertThat(context.getBean(RedisSettings.class))
			.isEqualTo(new RedisSettings("nx", Duration.ofSeconds(2), 16 * 1024 * 1024, Duration.ofSeconds(5),
					Duration.ofSeconds(5), Duration.ofSeconds(30))));
	}

	@Test
	void settingsComeFromProperties() {
		this.enabled
			.withPropertyValues("nexios.ws.redis.key-prefix=my:app", "nexios.ws.redis.publish-timeout=3",
					"nexios.ws.redis.max-pending=1KB", "nexios.ws.redis.unsubscribe-delay=0",
					"nexios.ws.redis.probe-interval=100ms", "nexios.ws.redis.lease=1d")
			.run((context) -> assertThat(context.getBean(RedisSettings.class)).isEqualTo(new RedisSettings("my:app",
					Duration.ofSeconds(3), 1024, Duration.ZERO, Duration.ofMillis(100), Duration.ofDays(1))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "key-prefix=", "key-prefix=a{b", "key-prefix=a b", "publish-timeout=99ms",
			"publish-timeout=25h", "max-pending=0", "unsubscribe-delay=-1", "unsubscribe-delay=36501d",
			"probe-interval=0", "probe-interval=25h", "lease=99ms", "lease=25h", "lease=2999ms",
			"publish-timeout=21s" })
	void limitThatIsNoneFailsTheStart(String property) {
		this.enabled.withPropertyValues("nexios.ws.redis." + property)
			.run((context) -> assertThat(failure(context.getStartupFailure()))
				.contains("nexios.ws.redis." + property.substring(0, property.indexOf('='))));
	}

}
