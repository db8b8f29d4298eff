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

import io.micrometer.observation.ObservationRegistry;
import io.nexios.ws.autoconfigure.NexiosWsAutoConfiguration;
import io.nexios.ws.autoconfigure.NexiosWsProperties;
import io.nexios.ws.observation.DefaultWSConnectionObservationConvention;
import io.nexios.ws.observation.ObservationServerObserver;
import io.nexios.ws.observation.WSConnectionObservationConvention;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of Micrometer observations.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@AutoConfiguration(after = NexiosWsAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ NexiosWsAutoConfiguration.class, ObservationRegistry.class })
@ConditionalOnBooleanProperty(name = "nexios.ws.observation.enabled", matchIfMissing = true)
public final class NexiosWsObservationAutoConfiguration {

	@Bean
	ObservationServerObserver nexiosWsObservationServerObserver(ObservationRegistry registry,
			ObjectProvider<WSConnectionObservationConvention> convention, NexiosWsProperties properties) {
		return new ObservationServerObserver(registry,
				convention.getIfAvailable(DefaultWSConnectionObservationConvention::new),
				properties.getObservation().isMessages());
	}

}
