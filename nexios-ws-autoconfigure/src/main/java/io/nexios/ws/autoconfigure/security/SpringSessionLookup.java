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
 * Looks up sessions in the repository of Spring Session.
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
		// This does not count as an access. Only Spring Session's filter records accesses
		Session session = this.repository.findById(id);
		return session == null || session.isExpired();
	}

	@Override
	public boolean isOnlyWay() {
		// There is no flag for repositories that publish events, but they have a property
		// for the publisher
		return BeanUtils.getPropertyDescriptor(AopProxyUtils.ultimateTargetClass(this.repository),
				"applicationEventPublisher") == null;
	}

}
