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

package io.nexios.ws.server.handler;

import java.util.concurrent.atomic.AtomicBoolean;

import io.nexios.ws.WSMessage;
import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.connection.Dispatch;
import io.nexios.ws.server.log.FailureLog;
import io.nexios.ws.server.log.LogThrottle;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.thread.SerialRun;
import io.nexios.ws.server.thread.ServerThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Hands the messages of one connection to a consumer, one after the other, on any
 * available thread.
 * <p>
 * The inbound queue signals every message and the end. There is one run at a time, which
 * processes the queue, see {@link SerialRun}. The first run is started by
 * {@link #start()}, not by a signal.
 *
 * @author Nexios Team
 */
final class ConsumerDispatch implements Dispatch {

	private static final Log logger = LogFactory.getLog(Loggers.HANDLER);

	// A limit, so that one busy connection does not keep a thread for which others wait
	private static final int MESSAGES_PER_RUN = 64;

	private final SerialRun serial = SerialRun.started();

	private final AtomicBoolean started = new AtomicBoolean();

	private final AtomicBoolean released = new AtomicBoolean();

	private final Connection connection;

	private final ServerThreads threads;

	private final HandlerScope scope;

	private final ConsumerTarget target;

	private final LogThrottle<String> throttle;

	private final Runnable run;

	private boolean ended;

	private int completedRuns;

	ConsumerDispatch(Connection connection, ServerThreads threads, HandlerScope scope, ConsumerTarget target,
			LogThrottle<String> throttle) {
		this.connection = connection;
		this.threads = threads;
		this.scope = scope;
		this.target = target;
		this.throttle = throttle;
		Runnable inContexts = scope.around(this::run);
		this.run = () -> run(inContexts);
	}

	@Override
	public boolean claimStart() {
		return this.started.compareAndSet(false, true);
	}

	@Override
	public void start() {
		this.threads.executeConsumer(this.run);
	}

	@Override
	public void signal() {
		if (this.serial.signal()) {
			this.threads.executeConsumer(this.run);
		}
	}

	private void run(Runnable inContexts) {
		int before = this.completedRuns;
		try {
			inContexts.run();
		}
		catch (Throwable ex) {
			HandlerFailures.failed(this.connection, this.scope, this.throttle, ex);
			if (this.completedRuns == before) {
				// No other run will come, because this one has not subtracted its signals
				release();
			}
		}
	}

	private void run() {
		int seen = this.serial.begin();
		this.connection.receiver().handlerStarted();
		boolean empty = workOff();
		// Before another thread can start the next run
		this.connection.receiver().handlerPaused();
		this.completedRuns++;
		if (!empty || !this.serial.end(seen)) {
			this.threads.executeConsumer(this.run);
		}
	}

	/**
	 * Process the queue.
	 * @return whether it is empty. Otherwise another run has to continue
	 */
	private boolean workOff() {
		for (int i = 0; i < MESSAGES_PER_RUN; i++) {
			WSMessage message = this.ended ? null : this.connection.poll();
			if (message == null) {
				return true;
			}
			handle(message);
		}
		return false;
	}

	private void handle(WSMessage message) {
		try (ConnectionObserver.Scope scope = this.connection.observer().handlerEntered()) {
			dispatch(message);
		}
		if (this.ended) {
			release();
		}
	}

	private void dispatch(WSMessage message) {
		try {
			if (message instanceof WSMessage.Disconnect end) {
				this.ended = true;
				this.target.ended(end.code());
			}
			else {
				this.connection.receiver().timer().start();
				this.target.message(message);
			}
		}
		catch (Throwable ex) {
			failed(ex);
		}
		this.connection.receiver().timer().stop();
	}

	private void failed(Throwable failure) {
		if (this.ended) {
			FailureLog.error(logger, "Consumer of " + this.connection + " failed at the end", failure);
			this.connection.observer().handlerFailed(failure);
		}
		else {
			HandlerFailures.failed(this.connection, this.scope, this.throttle, failure);
		}
	}

	@Override
	public void release() {
		if (this.released.compareAndSet(false, true)) {
			this.connection.released();
			this.target.released();
		}
	}

}
