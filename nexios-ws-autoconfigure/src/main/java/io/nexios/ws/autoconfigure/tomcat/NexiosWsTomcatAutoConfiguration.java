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

package io.nexios.ws.autoconfigure.tomcat;

import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.autoconfigure.NexiosWsProperties;
import io.nexios.ws.autoconfigure.PropertiesServerSettings;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.tomcat.FirstBuffers;
import io.nexios.ws.server.tomcat.SocketReading;
import io.nexios.ws.server.tomcat.TomcatBuffers;
import io.nexios.ws.server.tomcat.TomcatVersion;
import io.nexios.ws.server.tomcat.internal.InternalRuntimeHints;
import io.nexios.ws.server.tomcat.internal.MessageBuffers;
import io.nexios.ws.server.tomcat.readahead.ReadAhead;
import io.nexios.ws.server.tomcat.readahead.ReadAheadExecutor;
import io.nexios.ws.server.tomcat.readahead.ReadAheadRuntimeHints;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of Tomcat itself. It applies with or without routes, because
 * WebSocket buffers have the same size in all applications of a JVM. Only this class
 * knows the two packages that use internals of Tomcat, each in one nested class.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@AutoConfiguration(after = NexiosWsAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass(name = "org.apache.tomcat.websocket.server.WsServerContainer")
public final class NexiosWsTomcatAutoConfiguration {

	private static final Log logger = LogFactory.getLog(Loggers.TOMCAT);

	@Bean
	@ConditionalOnMissingBean
	TomcatVersion nexiosWsTomcatVersion() {
		return TomcatVersion.running();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnThreading(Threading.VIRTUAL)
	@ConditionalOnClass(name = "org.springframework.boot.tomcat.TomcatConnectorCustomizer")
	@ConditionalOnBooleanProperty(name = { "nexios.ws.enabled", "nexios.ws.tomcat.read-ahead" }, matchIfMissing = true)
	@ImportRuntimeHints(ReadAheadRuntimeHints.class)
	static class ReadAheadConfiguration {

		/**
		 * Lets Tomcat's poller read ahead. It runs last because it needs the executor
		 * that other customizers have set.
		 * @param version the version of Tomcat
		 * @return the customizer
		 */
		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> nexiosWsReadAheadCustomizer(
				TomcatVersion version) {
			return (factory) -> {
				if (version.isTested()) {
					factory.addProtocolHandlerCustomizers(ReadAheadExecutor::install);
				}
			};
		}

		@Bean
		SocketReading.Factory nexiosWsReadAhead(TomcatVersion version) {
			return version.isTested() ? ReadAhead::of : SocketReading.Factory.NONE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(NexiosWsAutoConfiguration.class)
	@ImportRuntimeHints(InternalRuntimeHints.class)
	static class MessageBuffersConfiguration {

		@Bean
		FirstBuffers nexiosWsFirstBuffers(TomcatVersion version) {
			return version.isTested() ? new MessageBuffers() : FirstBuffers.UNCHANGED;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(NexiosWsAutoConfiguration.class)
	static class UntestedVersionConfiguration {

		@Bean
		UntestedTomcat nexiosWsUntestedTomcat(TomcatVersion version, NexiosWsProperties properties) {
			return new UntestedTomcat(version, properties.getTomcat().getBufferSize() != null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(NexiosWsAutoConfiguration.class)
	@ConditionalOnClass(name = "org.springframework.boot.tomcat.TomcatWebServer")
	static class ThreadsConfiguration {

		@Bean
		TomcatThreads nexiosWsTomcatThreads(ServerThreads threads) {
			return new TomcatThreads(threads);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.boot.tomcat.TomcatConnectorCustomizer")
	static class MessageSizesConfiguration {

		@Bean
		ServletContextInitializer nexiosWsTomcatMessageSizes() {
			return (context) -> {
				if (TomcatBufferSize.isSystemPropertySet()) {
					TomcatBuffers.keepMessageSizes(context);
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.boot.tomcat.TomcatConnectorCustomizer")
	@ConditionalOnBooleanProperty(name = "nexios.ws.enabled", matchIfMissing = true)
	@ConditionalOnProperty(TomcatBufferSize.NAME)
	@EnableConfigurationProperties(NexiosWsProperties.class)
	static class SmallBuffersConfiguration {

		/**
		 * Sets the size of the socket buffers. It runs first, so that customizers of the
		 * application can override it.
		 * @param properties the properties
		 * @return the customizer
		 */
		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		TomcatConnectorCustomizer nexiosWsTomcatConnectorCustomizer(NexiosWsProperties properties) {
			Integer size = PropertiesServerSettings.tomcatBufferSize(properties);
			return (connector) -> {
				if (size != null) {
					checkWebSocketSize(size);
					TomcatBuffers.shrink(connector, size);
				}
			};
		}

		private static void checkWebSocketSize(int size) {
			int actual = TomcatBuffers.webSocketSize();
			if (actual != size) {
				logger.warn("Tomcat's WebSocket buffers have " + actual + " bytes, not the " + size + " of '"
						+ TomcatBufferSize.NAME + "'. All of them in a JVM have the size of the system property '"
						+ TomcatBufferSize.SYSTEM_PROPERTY
						+ "' if it was set, or the size that the first application has set");
			}
		}

	}

}
