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
import java.nio.ByteBuffer;
import java.time.Duration;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.tomcat.control.PeerAnswers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.tomcat.websocket.WsSession;

/**
 * Pauses reading by suspending the session, so that no thread is blocked. It is used with
 * platform threads: if enough of them were blocked, none would be left to complete sends.
 * <p>
 * Tomcat loses a {@code resume()} that comes after the reading thread has left its loop,
 * but before this thread has recorded the suspension. The frames in Tomcat's buffer then
 * wait for the next bytes of the peer. So the resume comes only after the reading thread
 * has had time to finish. If reading is not paused again within 100 ms after the resume,
 * a ping follows. The pong to it brings the next bytes.
 *
 * @author Nexios Team
 */
final class SuspendingReadPause implements ReadPause {

	private static final Log logger = LogFactory.getLog(Loggers.CONNECTION);

	private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

	private static final Duration NUDGE_DELAY = Duration.ofMillis(100);

	private final WsSession session;

	private final ServerThreads threads;

	private final PeerAnswers answers;

	// Written only by the reading thread
	private volatile int pauses;

	private volatile long pausedAt;

	SuspendingReadPause(WsSession session, ServerThreads threads, PeerAnswers answers) {
		this.session = session;
		this.threads = threads;
		this.answers = answers;
	}

	@Override
	public void pause() {
		this.pausedAt = System.nanoTime();
		this.pauses = this.pauses + 1;
		this.session.suspend();
	}

	@Override
	public void awaitResume() {
	}

	@Override
	public void resume() {
		int pause = this.pauses;
		long remaining = SHORTEST_PAUSE.toNanos() - (System.nanoTime() - this.pausedAt);
		if (remaining > 0) {
			this.threads.schedule(() -> resume(pause), Duration.ofNanos(remaining));
		}
		else {
			resume(pause);
		}
	}

	private void resume(int pause) {
		this.session.resume();
		this.threads.schedule(() -> nudge(pause), NUDGE_DELAY);
	}

	private void nudge(int pause) {
		if (pause != this.pauses || !this.session.isOpen()) {
			return;
		}
		if (this.answers.isWriting()) {
			// A ping now would wait for this write
			this.threads.scheduleUnlessStopped(() -> nudge(pause), NUDGE_DELAY);
			return;
		}
		try {
			this.session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Cannot send a ping", ex);
		}
	}

}
