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
 * Takes what belongs to the thread of a handshake's request, such as who the user is, to
 * the threads on which the application's code for that connection runs: the handler with
 * its middleware, and the callbacks of a consumer. Those threads inherit no thread
 * locals. Beans of this type apply in their order, the first one outermost.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@FunctionalInterface
public interface HandlerContext {

	/**
	 * Capture, on the thread of the request, before the handler starts. A failure fails
	 * the handshake. What is captured stays in memory until the connection has ended.
	 * @param ws the connection, undecided
	 * @param route the path of its route, as it was declared
	 * @return what puts a run of the application's code into the context and cleans up
	 * behind it, on whatever thread and as often as there is one, or {@code null} if
	 * there is nothing to take along
	 */
	@Nullable TaskDecorator capture(WebSocket ws, String route);

}
