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

import io.nexios.ws.server.login.SessionConnections;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the session that the request had when the session was first requested.
 *
 * @author Nexios Team
 */
final class SessionFollowingRequest extends HttpServletRequestWrapper {

	private final SessionConnections connections;

	private volatile @Nullable String id;

	SessionFollowingRequest(HttpServletRequest request, SessionConnections connections) {
		super(request);
		this.connections = connections;
	}

	@Override
	public HttpSession getSession() {
		return getSession(true);
	}

	@Override
	@SuppressWarnings("NullAway") // The API says null for false, and is not annotated
	public HttpSession getSession(boolean create) {
		HttpSession session = super.getSession(create);
		if (session != null && this.id == null) {
			this.id = session.getId();
		}
		return session;
	}

	@Override
	public String changeSessionId() {
		HttpSession session = getSession(false);
		String former = (session != null) ? session.getId() : null;
		String present = super.changeSessionId();
		if (former != null) {
			this.connections.renameSession(former, present);
			this.id = present;
		}
		return present;
	}

	void endIfInvalidated() {
		String former = this.id;
		if (former != null && !former.equals(presentId())) {
			this.connections.endSession(former);
		}
	}

	private @Nullable String presentId() {
		HttpSession session = super.getSession(false);
		return (session != null) ? session.getId() : null;
	}

}
