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

package io.nexios.ws.autoconfigure.actuate;

import io.nexios.ws.actuate.NexiosWsHealthIndicator;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.group.BrokerChannelBox;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health indicator of the WebSocket server.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@AutoConfiguration(after = NexiosWsAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(NexiosWsAutoConfiguration.class)
@ConditionalOnEnabledHealthIndicator("nexiosws")
public final class NexiosWsHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "nexiosWsHealthIndicator", "nexiosWsHealthContributor" })
	NexiosWsHealthIndicator nexiosWsHealthIndicator(WebSocketServer server, ObjectProvider<BrokerChannelBox> groups) {
		return new NexiosWsHealthIndicator(server, groups.getIfAvailable());
	}

}
