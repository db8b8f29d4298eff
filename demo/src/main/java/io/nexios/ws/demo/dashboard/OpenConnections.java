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

package io.nexios.ws.demo.dashboard;

import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WSMiddleware;
import io.nexios.ws.WebSocket;

import org.springframework.stereotype.Component;

/**
 * Counts the connections of all routes: a middleware that is a bean applies everywhere.
 *
 * @author Nexios Team
 */
@Component
class OpenConnections implements WSMiddleware {

	private final AtomicInteger count = new AtomicInteger();

	@Override
	public void handle(WebSocket ws, WSHandler next) throws Exception {
		this.count.incrementAndGet();
		ws.closed().thenRun(this.count::decrementAndGet);
		next.handle(ws);
	}

	int count() {
		return this.count.get();
	}

}
