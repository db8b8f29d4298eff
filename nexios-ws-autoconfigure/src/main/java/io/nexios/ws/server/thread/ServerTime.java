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

package io.nexios.ws.server.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;

import io.nexios.ws.spi.TimeSource;

/**
 * The time of the machine, and timers on the threads of the server. After the server has
 * stopped, timers do not run.
 *
 * @author Nexios Team
 */
public final class ServerTime implements TimeSource {

	private final ServerThreads threads;

	public ServerTime(ServerThreads threads) {
		this.threads = threads;
	}

	@Override
	public Instant instant() {
		return Instant.now();
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Timer schedule(Runnable task, Duration delay) {
		Future<?> timer = this.threads.scheduleUnlessStopped(task, delay);
		return () -> timer.cancel(false);
	}

}
