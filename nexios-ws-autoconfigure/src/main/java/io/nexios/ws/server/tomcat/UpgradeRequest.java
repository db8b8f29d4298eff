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
 * A request without what Tomcat would keep as long as the connection. It does not tell
 * the names of its headers, of which Tomcat asks for those it needs. And it has no
 * session, with whose end Tomcat would close the connection in any case and in its own
 * words. It upgrades to a {@link TomcatUpgradeHandler}.
 *
 * @author Nexios Team
 */
final class UpgradeRequest extends HttpServletRequestWrapper {

	private final HttpServletResponse response;

	private final Consumer<TomcatUpgradeHandler> upgraded;

	/**
	 * Create a request.
	 * @param request what Tomcat is to see a part of
	 * @param response where the handshake is answered
	 * @param upgraded told of Tomcat's side of the WebSocket, before it opens
	 */
	UpgradeRequest(HttpServletRequest request, HttpServletResponse response, Consumer<TomcatUpgradeHandler> upgraded) {
		super(request);
		this.response = response;
		this.upgraded = upgraded;
	}

	private static ServletResponse innermost(ServletResponse response) {
		return (response instanceof ServletResponseWrapper wrapper) ? innermost(wrapper.getResponse()) : response;
	}

	// Tomcat fails for what a proxy may have forwarded instead, such as WSS
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
	 * Answer, and then upgrade. Tomcat would answer at the end of the request: an upgrade
	 * cannot be taken back then if the headers are too large, and nobody is told that the
	 * client has gone.
	 */
	@Override
	public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException, ServletException {
		this.response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
		// Not by flushBuffer(), after which nothing else can be answered if this fails
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
