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

package io.nexios.ws.benchmarks.queue;

import java.time.Duration;
import java.util.List;

import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * A transport that completes every write at once.
 *
 * @author Nexios Team
 */
final class InstantTransport implements Transport {

	@Override
	public void write(List<OutboundFrame> frames, boolean mayBlock, Completion completion) {
		completion.succeeded();
	}

	@Override
	public void close(CloseStatus status, Duration patience) {
	}

	@Override
	public void drop() {
	}

	@Override
	public void pause() {
	}

	@Override
	public void resume() {
	}

	@Override
	public <T> @Nullable T unwrap(Class<T> type) {
		return null;
	}

}
