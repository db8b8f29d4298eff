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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nexios.ws.spi.SessionLookup;

import org.springframework.context.ApplicationListener;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.core.session.AbstractSessionEvent;
import org.springframework.security.core.session.SessionRegistryImpl;

/**
 * Session registries for an application that declares none. Spring Security would create
 * the same registries, one for each filter chain, but would not expose them.
 *
 * @author Nexios Team
 */
final class OwnSessionRegistries implements Customizer<SessionManagementConfigurer<HttpSecurity>>, SessionLookup,
		ApplicationListener<AbstractSessionEvent> {

	private final List<SessionRegistryImpl> registries = new CopyOnWriteArrayList<>();

	@Override
	public void customize(SessionManagementConfigurer<HttpSecurity> sessions) {
		SessionRegistryImpl registry = new SessionRegistryImpl();
		this.registries.add(registry);
		// Does not limit the number of sessions. The application decides this
		sessions.sessionConcurrency((concurrency) -> concurrency.sessionRegistry(registry));
	}

	@Override
	public void onApplicationEvent(AbstractSessionEvent event) {
		this.registries.forEach((registry) -> registry.onApplicationEvent(event));
	}

	@Override
	public boolean hasEnded(String id) {
		return this.registries.stream().anyMatch((registry) -> SessionRegistryLookup.isExpired(registry, id));
	}

}
