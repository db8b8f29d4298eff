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

package io.nexios.ws.autoconfigure.routing;

import java.io.IOException;

import io.nexios.ws.server.WebSocketServer;
import io.nexios.ws.server.handshake.HandshakeCheck;
import io.nexios.ws.server.log.Loggers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers a request on the path of a route that is not a handshake and that nothing else
 * serves. The answer says what the request lacks, instead of 404.
 *
 * @author Nexios Team
 */
public final class NoHandshakeResolver implements HandlerExceptionResolver, Ordered {

	private static final Log logger = LogFactory.getLog(Loggers.HANDSHAKE);

	private final WebSocketServer server;

	public NoHandshakeResolver(WebSocketServer server) {
		this.server = server;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		boolean notFound = ex instanceof NoResourceFoundException || ex instanceof NoHandlerFoundException;
		if (!notFound || HandshakeCheck.isHandshake(request) || this.server.match(request) == null) {
			return null;
		}
		try {
			this.server.handshakeCheck().refuse(request, response);
		}
		catch (IOException gone) {
			logger.debug("The client has gone", gone);
		}
		return new ModelAndView();
	}

}
