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

package io.nexios.ws.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.nexios.ws.WebSocket;
import io.nexios.ws.spi.HandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.core.task.TaskDecorator;

/**
 * Carries the request's logging context (MDC) to the handler. The log lines of the
 * handler then have the same context as the log lines of the request, and in addition the
 * connection and the route.
 *
 * @author Nexios Team
 */
final class MdcContext implements HandlerContext {

	static final String CONNECTION = "nexios.ws.connection";

	static final String ROUTE = "nexios.ws.route";

	@Override
	public TaskDecorator capture(WebSocket ws, String route) {
		Map<String, String> ofRequest = MDC.getCopyOfContextMap();
		Map<String, String> captured = (ofRequest != null) ? new HashMap<>(ofRequest) : new HashMap<>();
		// Logback and Log4j store an entry without a value as null
		captured.values().removeIf(Objects::isNull);
		captured.put(CONNECTION, ws.id());
		captured.put(ROUTE, route);
		Map<String, String> context = Map.copyOf(captured);
		return (code) -> () -> run(code, context);
	}

	private static void run(Runnable code, Map<String, String> context) {
		Map<String, String> before = MDC.getCopyOfContextMap();
		MDC.setContextMap(context);
		try {
			code.run();
		}
		finally {
			restore(before);
		}
	}

	private static void restore(@Nullable Map<String, String> before) {
		if (before != null) {
			MDC.setContextMap(before);
		}
		else {
			MDC.clear();
		}
	}

}
