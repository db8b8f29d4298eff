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

package io.nexios.ws.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WSRouter;
import io.nexios.ws.autoconfigure.routing.RouteHandlerMapping;
import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.connection.ServerSettings;
import io.nexios.ws.server.connection.TestSettings;
import io.nexios.ws.server.limit.TestLimits;
import io.nexios.ws.server.tomcat.TomcatContainerUpgrade;
import io.nexios.ws.server.transport.ContainerUpgrade;
import io.nexios.ws.server.transport.StandardContainerUpgrade;
import io.nexios.ws.spi.HandlerContext;
import io.nexios.ws.spi.RateLimiters;
import io.nexios.ws.ticket.HandshakeTickets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NexiosWsAutoConfiguration}.
 *
 * @author Nexios Team
 */
class NexiosWsAutoConfigurationTests {

	private final WebApplicationContextRunner emptyRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NexiosWsAutoConfiguration.class));

	private final WebApplicationContextRunner contextRunner = this.emptyRunner.withBean("chat", WSRouter.class,
			() -> new WSRouter("/ws").addWsRoute("/chat", (ws) -> ws.accept()));

	@Test
	void routesAreMappedInAMockWebEnvironment() {
		this.contextRunner.run((context) -> assertThat(patterns(context)).containsExactly("/ws/chat"));
	}

	@Test
	void nothingIsThereWithoutRoutes() {
		this.emptyRunner.run((context) -> assertThat(context).doesNotHaveBean(WebSocketServer.class)
			.doesNotHaveBean("webSocketHandlerMapping"));
	}

	@Test
	void nothingIsThereIfDisabled() {
		this.contextRunner.withPropertyValues("nexios.ws.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(WebSocketServer.class));
	}

	@Test
	void loggingContextIsThereWithSlf4j() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(MdcContext.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.slf4j"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HandlerContext.class));
	}

	@Test
	void ticketsAreTheApplicationsIfItHasAny() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(HandshakeTickets.class));
		this.contextRunner.withBean("own", HandshakeTickets.class)
			.run((context) -> assertThat(context).hasSingleBean(HandshakeTickets.class).hasBean("own"));
	}

	@Test
	void nothingIsThereWithoutSpringWebSocket() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(WebSocketHandler.class))
			.run((context) -> assertThat(context).doesNotHaveBean(NexiosWsAutoConfiguration.class));
	}

	@Test
	void nothingIsThereOutsideOfAWebApplication() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(NexiosWsAutoConfiguration.class))
			.withBean(WSRouter.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebSocketServer.class));
	}

	@Test
	void enableWebSocketOfTheApplicationDoesNotMatter() {
		this.contextRunner.withUserConfiguration(EnablingConfiguration.class)
			.run((context) -> assertThat(patterns(context)).containsExactly("/ws/chat"));
	}

	@Test
	void containersGoByTheClasspathWithTheStandardOneLast() {
		this.contextRunner.run((context) -> assertThat(context.getBeanProvider(ContainerUpgrade.class).orderedStream())
			.hasExactlyElementsOfTypes(TomcatContainerUpgrade.class, StandardContainerUpgrade.class));
	}

	@Test
	void onlyTheStandardContainerIsThereWithoutTomcat() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.apache.tomcat"))
			.run((context) -> assertThat(context).hasSingleBean(ContainerUpgrade.class));
	}

	@Test
	void standardContainerNeedsItsApi() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.apache.tomcat", "jakarta.websocket"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ContainerUpgrade.class));
	}

	@Test
	void taskExecutorOfSpringBootStays() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context).hasBean("applicationTaskExecutor"));
	}

	@Test
	void settingsHaveDefaults() {
		this.contextRunner.run((context) -> {
			ServerSettings settings = context.getBean(ServerSettings.class);
			assertThat(settings).isEqualTo(
					TestSettings.defaults().withOutboundTotalMaxBytes(Runtime.getRuntime().maxMemory() / 4).build());
		});
	}

	@Test
	void settingsComeFromProperties() {
		this.contextRunner
			.withPropertyValues("nexios.ws.accept-timeout=2", "nexios.ws.max-message-size=3KB",
					"nexios.ws.compression=true", "nexios.ws.inbound.max-messages=4", "nexios.ws.inbound.max-bytes=5",
					"nexios.ws.outbound.max-bytes=6", "nexios.ws.outbound.max-messages=200",
					"nexios.ws.outbound.max-age=700ms", "nexios.ws.outbound.total-max-bytes=7",
					"nexios.ws.heartbeat.interval=8", "nexios.ws.heartbeat.timeout=3s", "nexios.ws.close.timeout=4",
					"nexios.ws.close.max-time=5", "nexios.ws.outbound.overflow=drop-oldest",
					"nexios.ws.handler.max-threads=8", "nexios.ws.channel.expires=9m", "nexios.ws.history.max-bytes=1",
					"nexios.ws.limits.connections=1", "nexios.ws.limits.connections-per-address=2",
					"nexios.ws.limits.connections-per-user=3", "nexios.ws.limits.undecided-handshakes=4",
					"nexios.ws.limits.handshakes-per-second=5", "nexios.ws.limits.messages-per-second=6",
					"nexios.ws.limits.bytes-per-second=7KB", "nexios.ws.limits.fragments-per-message=8",
					"nexios.ws.limits.message-time=9", "nexios.ws.limits.json-depth=10")
			.run((context) -> assertThat(context.getBean(ServerSettings.class)).isEqualTo(changedSettings().build()));
	}

	private static TestSettings changedSettings() {
		return TestSettings.defaults()
			.withAcceptTimeout(Duration.ofSeconds(2))
			.withMaxMessageSize(3072)
			.withCompression()
			.withInbound(4, 5)
			.withOutboundMaxBytes(6)
			.withOutboundMaxMessages(200)
			.withOutboundMaxAge(Duration.ofMillis(700))
			.withOutboundTotalMaxBytes(7)
			.withOverflow(OverflowPolicy.DROP_OLDEST)
			.withHeartbeat(Duration.ofSeconds(8), Duration.ofSeconds(3))
			.withClose(Duration.ofSeconds(4), Duration.ofSeconds(5))
			.withHandlerMaxThreads(8)
			.withLimits(changedLimits())
			.withChannelExpires(Duration.ofMinutes(9));
	}

	private static TestLimits changedLimits() {
		return TestLimits.defaults()
			.withConnections(1)
			.withConnectionsPerAddress(2)
			.withConnectionsPerUser(3)
			.withUndecidedHandshakes(4)
			.withHandshakesPerSecond(5)
			.withMessagesPerSecond(6)
			.withBytesPerSecond(7168)
			.withFragmentsPerMessage(8)
			.withMessageTime(Duration.ofSeconds(9))
			.withJsonDepth(10);
	}

	@Test
	void drainHasToFitTheShutdownPhase() {
		this.contextRunner
			.withPropertyValues("nexios.ws.shutdown.timeout=4s", "spring.lifecycle.timeout-per-shutdown-phase=4s")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(FailureAnalyzedException.class,
						(failure) -> assertThat(failure.analysis().getAction())
							.contains("spring.lifecycle.timeout-per-shutdown-phase")));
	}

	@Test
	void drainAdaptsToAShortShutdownPhase() {
		this.contextRunner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=2s")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void drainFitsALongerShutdownPhase() {
		this.contextRunner
			.withPropertyValues("nexios.ws.shutdown.timeout=4s", "spring.lifecycle.timeout-per-shutdown-phase=5s")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "accept-timeout=0", "accept-timeout=-1s", "max-message-size=0", "max-message-size=3GB",
			"inbound.max-messages=0", "inbound.max-bytes=0", "outbound.max-bytes=-1", "outbound.max-age=0",
			"outbound.total-max-bytes=1023KB", "shutdown.timeout=0", "shutdown.timeout=30s", "shutdown.batch-size=0",
			"shutdown.batch-interval=-1s", "heartbeat.interval=-1", "heartbeat.timeout=0", "handler.max-threads=0",
			"channel.expires=0", "history.max-messages=0", "history.max-bytes=2MB", "history.ttl=0",
			"history.total-max-bytes=0", "limits.groups-per-connection=0", "limits.connections=0",
			"limits.connections-per-address=-1", "limits.connections-per-user=0", "limits.undecided-handshakes=0",
			"limits.handshakes-per-second=1000000001", "limits.messages-per-second=0", "limits.bytes-per-second=1GB",
			"limits.fragments-per-message=0", "limits.message-time=0", "limits.json-depth=0", "outbound.max-messages=0",
			"channel.expires=999us", "accept-timeout=36501d", "heartbeat.interval=36501d", "heartbeat.timeout=36501d",
			"outbound.max-age=107000d", "limits.message-time=36501d", "channel.expires=36501d", "history.ttl=36501d",
			"shutdown.batch-interval=36501d", "shutdown.timeout=36501d", "history.total-max-bytes=1000001TB",
			"outbound.total-max-bytes=1000001TB", "security.session-check-interval=-1",
			"security.session-check-interval=99ms", "security.session-check-interval=25h", "close.timeout=0",
			"close.timeout=36501d", "close.max-time=36501d", "close.max-time=1ms" })
	void limitThatIsNoneFailsTheStart(String property) {
		this.contextRunner.withPropertyValues("nexios.ws." + property)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(FailureAnalyzedException.class)
				.hasMessageContaining("nexios.ws." + property.substring(0, property.indexOf('='))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "accept-timeout=36500d", "heartbeat.interval=36500d", "heartbeat.interval=0",
			"heartbeat.timeout=36500d", "outbound.max-age=36500d", "limits.message-time=36500d",
			"channel.expires=36500d", "history.ttl=36500d", "shutdown.batch-interval=36500d",
			"shutdown.batch-interval=0", "history.total-max-bytes=1000000TB", "outbound.total-max-bytes=1000000TB",
			"outbound.max-messages=2147483647", "inbound.max-messages=2147483647", "shutdown.batch-size=2147483647",
			"handler.max-threads=2147483647", "limits.fragments-per-message=2147483647",
			"limits.undecided-handshakes=2147483647", "limits.connections=2147483647",
			"limits.messages-per-second=1000000000", "max-message-size=2147483647B" })
	void largestLimitThatIsAllowedStarts(String property) {
		this.contextRunner.withPropertyValues("nexios.ws." + property)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void historyHasToFitWhatMayWaitForAPeer() {
		this.contextRunner.withPropertyValues("nexios.ws.outbound.max-messages=99")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(FailureAnalyzedException.class)
				.hasMessageContaining("nexios.ws.history.max-messages"));
	}

	@Test
	void outboundQueueHasRoomForTheHistoryOfAGroup() {
		this.contextRunner.withPropertyValues("nexios.ws.history.max-messages=16385")
			.run((context) -> assertThat(context.getBean(ServerSettings.class).outbound().maxMessages())
				.isEqualTo(16385));
	}

	@ParameterizedTest
	@ValueSource(strings = { "handshakes-per-second", "messages-per-second", "bytes-per-second" })
	void limitThatNeedsBucket4jFailsTheStartWithoutIt(String property) {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.github.bucket4j"))
			.withPropertyValues("nexios.ws.limits." + property + "=100")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(FailureAnalyzedException.class, (ex) -> {
					assertThat(ex).hasMessageContaining("nexios.ws.limits." + property);
					assertThat(ex.analysis().getAction()).contains("com.bucket4j:bucket4j_jdk17-core");
				}));
	}

	@Test
	void applicationWithoutRateLimitsDoesNotNeedBucket4j() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.github.bucket4j"))
			.withPropertyValues("nexios.ws.limits.connections=100")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RateLimiters.class));
	}

	@Test
	void rateLimitersOfTheApplicationReplaceThoseOfBucket4j() {
		this.contextRunner.withBean("mine", RateLimiters.class, () -> RateLimiters.UNLIMITED)
			.run((context) -> assertThat(context).getBean(RateLimiters.class).isSameAs(RateLimiters.UNLIMITED));
	}

	@ParameterizedTest
	@ValueSource(strings = { "allowed-origins", "allowed-origin-patterns" })
	void anyOriginFailsTheStart(String property) {
		this.contextRunner.withPropertyValues("nexios.ws." + property + "=https://a.example, *")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(FailureAnalyzedException.class)
				.hasMessageContaining(property));
	}

	@Test
	void anyOriginIsAllowedWithBothProperties() {
		this.contextRunner.withPropertyValues("nexios.ws.allowed-origins=*", "nexios.ws.allow-any-origin=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void lazyApplicationFailsAtStartToo() {
		this.contextRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withBean("again", WSRouter.class, () -> new WSRouter("/ws").addWsRoute("/chat", (ws) -> ws.accept()))
			.run((context) -> assertThat(context).hasFailed());
	}

	private static List<String> patterns(AssertableWebApplicationContext context) {
		return List.copyOf(context.getBean(RouteHandlerMapping.class).getUrlMap().keySet());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class EnablingConfiguration {

	}

}
