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

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.BeanUtils;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Looks sessions up where Spring Session keeps them.
 *
 * @author Nexios Team
 */
final class SpringSessionLookup implements SessionLookup {

	private final SessionRepository<?> repository;

	SpringSessionLookup(SessionRepository<?> repository) {
		this.repository = repository;
	}

	@Override
	public boolean hasEnded(String id) {
		// Which does not count as an access: that is up to Spring Session's filter
		Session session = this.repository.findById(id);
		return session == null || session.isExpired();
	}

	@Override
	public boolean isOnlyWay() {
		// Nothing says which repositories publish events, but they are given a publisher
		return BeanUtils.getPropertyDescriptor(AopProxyUtils.ultimateTargetClass(this.repository),
				"applicationEventPublisher") == null;
	}

}
