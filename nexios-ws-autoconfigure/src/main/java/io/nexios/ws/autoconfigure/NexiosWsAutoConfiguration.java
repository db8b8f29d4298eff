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

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.nexios.ws.autoconfigure.routing.ConditionalOnWebSocketRoutes;
import io.nexios.ws.autoconfigure.routing.ConsumerBeans;
import io.nexios.ws.autoconfigure.routing.ForeignHandlerCheck;
import io.nexios.ws.autoconfigure.routing.ForeignHandlers;
import io.nexios.ws.autoconfigure.routing.NoHandshakeResolver;
import io.nexios.ws.autoconfigure.routing.RouteCollector;
import io.nexios.ws.autoconfigure.routing.RouteHandlerMapping;
import io.nexios.ws.autoconfigure.routing.RouteMethodsCheck;
import io.nexios.ws.autoconfigure.routing.RouteRegistrar;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.MemoryGroupBroker;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.server.ConnectionDrain;
import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.connection.ConnectionRegistry;
import io.nexios.ws.server.connection.ServerEnvironment;
import io.nexios.ws.server.connection.ServerSettings;
import io.nexios.ws.server.group.BrokerChannelBox;
import io.nexios.ws.server.group.broker.Waits;
import io.nexios.ws.server.handler.FirstFailureStatus;
import io.nexios.ws.server.handler.HandlerExtensions;
import io.nexios.ws.server.jetty.JettyContainerUpgrade;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.lifecycle.ConnectionIds;
import io.nexios.ws.server.limit.BucketRateLimiters;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.login.SessionConnections;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.thread.ServerTime;
import io.nexios.ws.server.tomcat.FirstBuffers;
import io.nexios.ws.server.tomcat.SocketReading;
import io.nexios.ws.server.tomcat.TomcatContainerUpgrade;
import io.nexios.ws.server.transport.ContainerUpgrade;
import io.nexios.ws.server.transport.StandardContainerUpgrade;
import io.nexios.ws.spi.FailureStatusResolver;
import io.nexios.ws.spi.HandlerContext;
import io.nexios.ws.spi.PrincipalExpiry;
import io.nexios.ws.spi.RateLimiters;
import io.nexios.ws.spi.SessionLookup;
import io.nexios.ws.spi.TicketPrincipalCodec;
import io.nexios.ws.ticket.HandshakeTickets;
import io.nexios.ws.ticket.NamedPrincipalCodec;
import io.nexios.ws.ticket.TicketSharing;
import io.nexios.ws.ticket.TicketStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocket;

/**
 * Auto-configuration that serves the application's {@link io.nexios.ws.WSRouter},
 * {@link io.nexios.ws.WebSocketRoute} and {@link io.nexios.ws.WSRoute @WSRoute} beans.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@AutoConfiguration(after = JacksonAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass(WebSocketHandler.class)
@ConditionalOnBooleanProperty(name = "nexios.ws.enabled", matchIfMissing = true)
@ConditionalOnWebSocketRoutes
@EnableConfigurationProperties(NexiosWsProperties.class)
@EnableWebSocket
public final class NexiosWsAutoConfiguration {

	@Bean
	ServerSettings nexiosWsServerSettings(NexiosWsProperties properties) {
		return PropertiesServerSettings.of(properties);
	}

	@Bean
	ServerThreads nexiosWsServerThreads(ServerSettings settings) {
		return new ServerThreads(settings.handlerMaxThreads());
	}

	@Bean
	ConnectionRegistry nexiosWsConnectionRegistry() {
		return new ConnectionRegistry();
	}

	@Bean
	JsonCodec nexiosWsJsonCodec(ObjectProvider<JsonMapper> jsonMapper, ServerSettings settings) {
		return new JsonCodec(jsonMapper.getIfAvailable(JsonMapper::shared), settings.limits().jsonDepth());
	}

	@Bean
	ServerObservers nexiosWsServerObservers(ObjectProvider<ServerObserver> observers) {
		return new ServerObservers(ServerObserver.of(observers.orderedStream().toList()));
	}

	@Bean
	WebSocketServer nexiosWsServer(NexiosWsProperties properties, ServerSettings settings, ServerThreads threads,
			ConnectionRegistry connections, JsonCodec json, ChannelBox channelBox,
			ConfigurableApplicationContext context, HandlerExtensions extensions,
			ObjectProvider<ContainerUpgrade> containers, ServerObservers observers,
			ObjectProvider<RateLimiters> rateLimiters, ObjectProvider<GroupBroker> broker) {
		ServerEnvironment environment = new ServerEnvironment(settings, threads, json, new SpringEventSink(context),
				channelBox, observers.all(), RequiredRateLimiters.of(settings.limits(), rateLimiters.getIfAvailable()),
				ids(broker.getIfUnique()), new LogThrottle<>());
		RouteCollector routes = new RouteCollector(context.getBeanFactory(), properties.getBasePath(),
				properties.getMounts());
		return new WebSocketServer(environment, connections, routes.collect(), extensions,
				containers.orderedStream().toList());
	}

	private static ConnectionIds ids(@Nullable GroupBroker broker) {
		return new ConnectionIds((broker != null) ? broker.nodeId() : "");
	}

	@Bean
	HandlerExtensions nexiosWsServerExtensions(NexiosWsProperties properties,
			ObjectProvider<FailureStatusResolver> resolvers, ObjectProvider<HandlerContext> contexts,
			ObjectProvider<PrincipalExpiry> expiries, ObjectProvider<SessionConnections> sessions) {
		return new HandlerExtensions(new FirstFailureStatus(resolvers.orderedStream().toList()),
				contexts.orderedStream().toList(), used(properties, expiries), sessions.getIfAvailable());
	}

	private static List<PrincipalExpiry> used(NexiosWsProperties properties, ObjectProvider<PrincipalExpiry> expiries) {
		return properties.getSecurity().isCloseOnTokenExpiry() ? expiries.orderedStream().toList() : List.of();
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "nexios.ws.security.close-on-session-end", matchIfMissing = true)
	SessionConnections nexiosWsSessionConnections(ServerThreads threads, ObjectProvider<HandshakeTickets> tickets) {
		return new SessionConnections(threads, tickets.stream().toList());
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "nexios.ws.security.close-on-session-end", matchIfMissing = true)
	SessionCheckStarter nexiosWsSessionCheckStarter(NexiosWsProperties properties, SessionConnections connections,
			ObjectProvider<SessionLookup> lookups, ServerThreads threads) {
		return new SessionCheckStarter(PropertiesServerSettings.sessionCheckInterval(properties), connections, lookups,
				threads);
	}

	@Bean
	static ConsumerBeans nexiosWsConsumerBeans() {
		return new ConsumerBeans();
	}

	@Bean
	ConnectionDrain nexiosWsConnectionDrain(WebSocketServer server, NexiosWsProperties properties,
			Environment environment) {
		return new ConnectionDrain(server, PropertiesServerSettings.drain(properties, phaseTimeout(environment)));
	}

	// Spring Boot itself binds the value from this property
	private static Duration phaseTimeout(Environment environment) {
		return Binder.get(environment)
			.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
			.orElse(Duration.ofSeconds(30));
	}

	@Bean
	RouteRegistrar nexiosWsRouteRegistrar(WebSocketServer server, NexiosWsProperties properties) {
		return new RouteRegistrar(server, new PropertiesAllowedOrigins(properties));
	}

	@Bean
	RouteHandlerMapping nexiosWsRouteHandlerMapping(WebSocketServer server, RouteRegistrar registrar,
			ConfigurableListableBeanFactory beanFactory) {
		return new RouteHandlerMapping(server, registrar, new ForeignHandlers(beanFactory));
	}

	@Bean
	NoHandshakeResolver nexiosWsNoHandshakeResolver(WebSocketServer server) {
		return new NoHandshakeResolver(server);
	}

	@Bean
	ForeignHandlerCheck nexiosWsForeignHandlerCheck(ObjectProvider<HandlerMapping> mappings, WebSocketServer server,
			RouteRegistrar registrar) {
		return new ForeignHandlerCheck(mappings, server.routes(), registrar::isOurs);
	}

	@Bean
	RouteMethodsCheck nexiosWsRouteMethodsCheck(ConfigurableListableBeanFactory beanFactory, WebSocketServer server) {
		return new RouteMethodsCheck(beanFactory, server.routes());
	}

	/**
	 * Excludes beans from lazy initialization. The application must not start if a route
	 * cannot be served.
	 * @return the filter
	 */
	@Bean
	static LazyInitializationExcludeFilter nexiosWsLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(WebSocketServer.class, RouteHandlerMapping.class,
				ForeignHandlerCheck.class, RouteMethodsCheck.class, HeapCheck.class, SessionCheckStarter.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "jakarta.websocket.server.ServerContainer")
	static class StandardConfiguration {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		StandardContainerUpgrade nexiosWsStandardContainerUpgrade() {
			return new StandardContainerUpgrade();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.slf4j.MDC")
	static class LoggingConfiguration {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		MdcContext nexiosWsMdcContext() {
			return new MdcContext();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TicketConfiguration {

		@Bean
		@ConditionalOnMissingBean
		HandshakeTickets nexiosWsHandshakeTickets(NexiosWsProperties properties, ServerThreads threads,
				ServerObservers observers, ObjectProvider<TicketStore> store,
				ObjectProvider<TicketPrincipalCodec> codec, ObjectProvider<PrincipalExpiry> expiries) {
			TicketStore shared = store.getIfAvailable();
			TicketSharing sharing = (shared != null)
					? new TicketSharing(shared, codec.getIfAvailable(NamedPrincipalCodec::new),
							used(properties, expiries), waits(properties, threads)::await)
					: null;
			return new HandshakeTickets(HandshakeTickets.TIME_TO_LIVE, HandshakeTickets.MAX_TICKETS, Clock.systemUTC(),
					sharing, new TicketOutcomes(observers.all()));
		}

		private static Waits waits(NexiosWsProperties properties, ServerThreads threads) {
			return new Waits(new ServerTime(threads), PropertiesServerSettings.redis(properties).publishTimeout(),
					threads);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GroupConfiguration {

		// Publications drop messages that are too old. This is for times without
		// publications
		private static final Duration PURGE_INTERVAL = Duration.ofSeconds(30);

		@Bean
		@ConditionalOnMissingBean(GroupBroker.class)
		MemoryGroupBroker nexiosWsGroupBroker(NexiosWsProperties properties, ServerThreads threads) {
			MemoryGroupBroker broker = new MemoryGroupBroker(PropertiesServerSettings.historyLimits(properties),
					new ServerTime(threads));
			threads.scheduleRepeatedly(broker::purge, PURGE_INTERVAL);
			return broker;
		}

		@Bean
		@ConditionalOnMissingBean(ChannelBox.class)
		BrokerChannelBox nexiosWsChannelBox(GroupBroker broker, ConnectionRegistry connections, JsonCodec json,
				NexiosWsProperties properties, ServerThreads threads, ConfigurableApplicationContext context,
				ServerObservers observers) {
			return new BrokerChannelBox(broker, connections, json, PropertiesServerSettings.groups(properties), threads,
					new ServerTime(threads), new SpringEventSink(context), observers.all());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "io.github.bucket4j.Bucket")
	static class RateLimitConfiguration {

		@Bean
		@ConditionalOnMissingBean(RateLimiters.class)
		BucketRateLimiters nexiosWsRateLimiters() {
			return new BucketRateLimiters();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.apache.tomcat.websocket.server.WsServerContainer")
	static class TomcatConfiguration {

		@Bean
		@Order(0)
		TomcatContainerUpgrade nexiosWsTomcatContainerUpgrade(ServerThreads threads, ServerSettings settings,
				NexiosWsProperties properties, ObjectProvider<SocketReading.Factory> reading,
				ObjectProvider<FirstBuffers> firstBuffers) {
			return new TomcatContainerUpgrade(threads, settings.outbound().maxAge(),
					PropertiesServerSettings.tomcatBufferSize(properties),
					reading.getIfAvailable(() -> SocketReading.Factory.NONE),
					firstBuffers.getIfAvailable(() -> FirstBuffers.UNCHANGED));
		}

		@Bean
		HeapCheck nexiosWsTomcatHeapCheck(NexiosWsProperties properties, Environment environment,
				TomcatContainerUpgrade upgrade) {
			return HeapCheck.onTomcat(properties, upgrade.idleMessageBytes(), environment);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer")
	static class JettyConfiguration {

		@Bean
		@Order(0)
		JettyContainerUpgrade nexiosWsJettyContainerUpgrade(ServerThreads threads) {
			return new JettyContainerUpgrade(threads);
		}

		@Bean
		@ConditionalOnMissingBean
		HeapCheck nexiosWsJettyHeapCheck(NexiosWsProperties properties, Environment environment) {
			return HeapCheck.onJetty(properties, environment);
		}

	}

}
