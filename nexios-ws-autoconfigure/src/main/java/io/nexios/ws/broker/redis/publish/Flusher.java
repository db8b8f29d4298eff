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

package io.nexios.ws.broker.redis.publish;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.SerialRun;
import io.nexios.ws.spi.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits. The thread that finds no other thread sending does it itself. It also
 * sends what other threads add meanwhile, and writes all of it at once. After some time a
 * thread of the server takes over, so that no caller sends for others without end.
 * <p>
 * Only one thread at a time takes steps and sends them. So they are sent in the order in
 * which they are taken. {@link SerialRun} explains why nothing is left behind.
 *
 * @author Nexios Team
 */
final class Flusher {

	static final int MAX_WRITE = 512;

	static final int MAX_WRITES = 16;

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private final SerialRun run = SerialRun.idle();

	private final Supplier<@Nullable Step> steps;

	private final Consumer<Step> sender;

	private final TimeSource time;

	Flusher(Supplier<@Nullable Step> steps, Consumer<Step> sender, TimeSource time) {
		this.steps = steps;
		this.sender = sender;
		this.time = time;
	}

	void flush() {
		if (this.run.signal()) {
			run();
		}
	}

	private void run() {
		for (int writes = 0; writes < MAX_WRITES; writes++) {
			int seen = this.run.begin();
			if (!write() && this.run.end(seen)) {
				return;
			}
		}
		this.time.schedule(this::run, Duration.ZERO);
	}

	private boolean write() {
		try {
			return sendAll();
		}
		catch (RuntimeException ex) {
			logger.error("Messages cannot be sent to Redis", ex);
			return false;
		}
	}

	/**
	 * Send what waits, and write it.
	 * @return whether more may wait
	 */
	private boolean sendAll() {
		Line line = null;
		int sent = 0;
		Step step = this.steps.get();
		while (step != null && sent < MAX_WRITE) {
			if (line != null && line != step.line()) {
				line.flush();
			}
			line = step.line();
			this.sender.accept(step);
			sent++;
			step = (sent < MAX_WRITE) ? this.steps.get() : null;
		}
		if (line != null) {
			line.flush();
		}
		return sent == MAX_WRITE;
	}

}
