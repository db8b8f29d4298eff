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

package io.nexios.ws.server.tomcat;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Consumer;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import org.apache.tomcat.websocket.server.WsHttpUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the handshake request of an upgrade, and hides what Tomcat would keep for as long
 * as the connection. It returns no names of headers. Tomcat asks by name for those
 * headers that it needs. It also has no session. Otherwise Tomcat would always close the
 * connection at the end of the session, with a reason of its own. It upgrades to a
 * {@link TomcatUpgradeHandler}.
 *
 * @author Nexios Team
 */
final class UpgradeRequest extends HttpServletRequestWrapper {

	private final HttpServletResponse response;

	private final Consumer<TomcatUpgradeHandler> upgraded;

	/**
	 * Create a request.
	 * @param request the request to wrap
	 * @param response the response to the handshake
	 * @param upgraded gets Tomcat's upgrade handler, before the WebSocket opens
	 */
	UpgradeRequest(HttpServletRequest request, HttpServletResponse response, Consumer<TomcatUpgradeHandler> upgraded) {
		super(request);
		this.response = response;
		this.upgraded = upgraded;
	}

	private static ServletResponse innermost(ServletResponse response) {
		return (response instanceof ServletResponseWrapper wrapper) ? innermost(wrapper.getResponse()) : response;
	}

	// Tomcat fails for other schemes that a proxy may have forwarded, such as WSS
	@Override
	public String getScheme() {
		return isSecure() ? "https" : "http";
	}

	@Override
	public Enumeration<String> getHeaderNames() {
		return Collections.emptyEnumeration();
	}

	@Override
	public @Nullable HttpSession getSession(boolean create) {
		return null;
	}

	@Override
	public HttpSession getSession() {
		throw new IllegalStateException("An upgrade has no session");
	}

	/**
	 * Answer first, then upgrade. Tomcat would answer at the end of the request. At that
	 * time an upgrade can no longer be undone if the headers are too large, and nobody
	 * learns that the client has gone.
	 */
	@Override
	public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException, ServletException {
		this.response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
		// Not flushBuffer(): if it failed, no other answer would be possible
		this.response.getOutputStream().flush();
		if (!this.response.isCommitted()) {
			innermost(this.response).getOutputStream().flush();
		}
		return (type == WsHttpUpgradeHandler.class) ? type.cast(upgrade()) : super.upgrade(type);
	}

	private TomcatUpgradeHandler upgrade() throws IOException, ServletException {
		TomcatUpgradeHandler handler = super.upgrade(TomcatUpgradeHandler.class);
		this.upgraded.accept(handler);
		return handler;
	}

}
