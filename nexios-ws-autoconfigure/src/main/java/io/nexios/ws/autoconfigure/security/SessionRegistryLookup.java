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

import io.nexios.ws.spi.SessionLookup;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;

/**
 * Finds sessions that were expired by a login of their user elsewhere, or by an
 * administrator. Sessions that are not registered are not expired.
 *
 * @author Nexios Team
 */
final class SessionRegistryLookup implements SessionLookup {

	private final ObjectProvider<SessionRegistry> registries;

	SessionRegistryLookup(ObjectProvider<SessionRegistry> registries) {
		this.registries = registries;
	}

	@Override
	public boolean hasEnded(String id) {
		return this.registries.stream().anyMatch((registry) -> isExpired(registry, id));
	}

	static boolean isExpired(SessionRegistry registry, String id) {
		SessionInformation information = registry.getSessionInformation(id);
		return information != null && information.isExpired();
	}

}
