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

package io.nexios.ws.spi;

import io.nexios.ws.WebSocket;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.TaskDecorator;

/**
 * Carries thread-bound context, such as the user, from the thread of a handshake's
 * request to the threads that run the application's code for that connection. This code
 * is the handler with its middleware, and the callbacks of a consumer. These threads
 * inherit no thread locals. Beans of this type apply in their order. The first one is the
 * outermost.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@FunctionalInterface
public interface HandlerContext {

	/**
	 * Capture the context on the thread of the request, before the handler starts. If
	 * this method fails, the handshake fails. The captured context stays in memory until
	 * the connection has ended.
	 * @param ws the connection, whose handshake is undecided
	 * @param route the declared path of its route
	 * @return a decorator that sets the context before each run of the application's code
	 * and clears it after the run, on any thread, or {@code null} if there is no context
	 * to carry
	 */
	@Nullable TaskDecorator capture(WebSocket ws, String route);

}
