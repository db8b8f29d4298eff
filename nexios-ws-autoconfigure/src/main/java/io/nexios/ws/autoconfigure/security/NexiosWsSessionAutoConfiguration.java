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

package io.nexios.ws.autoconfigure.security;

import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.server.login.SessionConnections;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.session.SessionRepository;

/**
 * Auto-configuration that ends connections with their sessions if the servlet container
 * does not keep the sessions, or does not know that they have ended. It comes late, so
 * that it sees the session repository of any other auto-configuration.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@AutoConfiguration(after = NexiosWsAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnBean(SessionConnections.class)
public final class NexiosWsSessionAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SessionRepository.class)
	@ConditionalOnBean(SessionRepository.class)
	static class SpringSessionConfiguration {

		@Bean
		SpringSessionLookup nexiosWsSpringSessionLookup(SessionRepository<?> repository) {
			return new SpringSessionLookup(repository);
		}

		@Bean
		SessionFollowingFilter nexiosWsSessionFollowingFilter(SessionConnections connections) {
			return new SessionFollowingFilter(connections);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SessionRegistry.class)
	@ConditionalOnBean(SessionRegistry.class)
	static class SessionRegistryConfiguration {

		@Bean
		SessionRegistryLookup nexiosWsSessionRegistryLookup(ObjectProvider<SessionRegistry> registries) {
			return new SessionRegistryLookup(registries);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SessionManagementConfigurer.class)
	@ConditionalOnMissingBean(SessionRegistry.class)
	static class OwnSessionRegistryConfiguration {

		@Bean
		OwnSessionRegistries nexiosWsSessionRegistries() {
			return new OwnSessionRegistries();
		}

	}

}
