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

package io.nexios.ws.server.jetty;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.server.HttpConfiguration;

/**
 * Computes the room that Jetty has for the headers of a response, and the room that an
 * upgrade needs. If Jetty itself finds that there is not enough room, the response counts
 * as sent. Then the only possible answer is an error page, with a stack trace in the log.
 *
 * @author Nexios Team
 */
final class HeaderRoom {

	private static final int SEPARATORS = ": \r\n".length();

	// What every upgrade adds to the headers of the response. Negotiated headers are not
	// included
	private static final int UPGRADE = ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
			+ "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
		.length();

	private HeaderRoom() {
	}

	static int limit(HttpServletRequest request) {
		HttpConfiguration configuration = ServletContextRequest.getServletContextRequest(request)
			.getConnectionMetaData()
			.getHttpConfiguration();
		return Math.max(configuration.getResponseHeaderSize(), configuration.getMaxResponseHeaderSize());
	}

	/**
	 * Return how much room an upgrade takes at least.
	 * @param response the response, with all headers except those of the upgrade
	 * @return the number of bytes
	 */
	static int needed(HttpServletResponse response) {
		int size = UPGRADE;
		for (String name : response.getHeaderNames()) {
			for (String value : response.getHeaders(name)) {
				size += name.length() + value.length() + SEPARATORS;
			}
		}
		return size;
	}

}
