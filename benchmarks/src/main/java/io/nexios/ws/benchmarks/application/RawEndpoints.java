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

package io.nexios.ws.benchmarks.application;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/**
 * The endpoints with only Spring's WebSocket support.
 *
 * @author Nexios Team
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class RawEndpoints implements WebSocketConfigurer {

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(new RawEcho(), "/raw/echo").addHandler(new RawGroup(), "/raw/group");
	}

	/**
	 * Raises the message size limit as Spring's documentation describes. The limit
	 * applies to all endpoints of the application.
	 * @param limit the limit
	 * @return the bean that sets the limit
	 */
	@Bean
	@ConditionalOnProperty("benchmark.raw.message-limit")
	ServletServerContainerFactoryBean messageLimit(@Value("${benchmark.raw.message-limit}") DataSize limit) {
		ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
		container.setMaxTextMessageBufferSize((int) limit.toBytes());
		container.setMaxBinaryMessageBufferSize((int) limit.toBytes());
		return container;
	}

}
