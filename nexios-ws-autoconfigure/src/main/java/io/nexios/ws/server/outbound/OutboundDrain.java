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

package io.nexios.ws.server.outbound;

import java.util.concurrent.RejectedExecutionException;

import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.InterruptShield;
import io.nexios.ws.server.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages of an {@link OutboundQueue}, on the handler's thread or in a task.
 * The queue decides when a drain starts, so that there is one drain at a time.
 *
 * @author Nexios Team
 */
final class OutboundDrain implements OutboundWrite.Listener {

	private final ServerThreads threads;

	private final Transport transport;

	private final OutboundListener listener;

	private final Source source;

	/**
	 * Create a drain.
	 * @param threads run drains
	 * @param transport the transport to write to
	 * @param listener notified of writes and of the close frame
	 * @param source supplies the writes
	 */
	OutboundDrain(ServerThreads threads, Transport transport, OutboundListener listener, Source source) {
		this.threads = threads;
		this.transport = transport;
		this.listener = listener;
		this.source = source;
	}

	/**
	 * Start to drain.
	 * @param inline whether the caller writes itself, unless too many threads wait for
	 * peers
	 */
	void start(boolean inline) {
		if (inline && this.threads.beginWait()) {
			try {
				InterruptShield.run(() -> drain(true));
			}
			finally {
				this.threads.endWait();
			}
		}
		else {
			handOver();
		}
	}

	private void handOver() {
		try {
			this.threads.execute(() -> drain(false));
		}
		catch (RejectedExecutionException ex) {
			this.listener.writeFailed(ex);
		}
	}

	private void drain(boolean inline) {
		boolean mayBlock = inline || this.threads.tasksMayBlock();
		OutboundStep step = this.source.next(this);
		while (step != null && take(step, mayBlock)) {
			if (inline) {
				if (this.source.continueOrIdle()) {
					handOver();
				}
				return;
			}
			step = this.source.next(this);
		}
	}

	/**
	 * Do a step.
	 * @param step the step
	 * @param mayBlock whether this thread may wait for the peer
	 * @return whether the drain continues
	 */
	private boolean take(OutboundStep step, boolean mayBlock) {
		if (step instanceof OutboundWrite write) {
			return write(write, mayBlock);
		}
		sendClose((CloseFrame) step, mayBlock);
		return false;
	}

	private boolean write(OutboundWrite write, boolean mayBlock) {
		try {
			this.transport.write(write.frames(), mayBlock, write);
		}
		catch (RuntimeException ex) {
			write.failed(ex);
		}
		return write.returned();
	}

	private void sendClose(CloseFrame close, boolean mayBlock) {
		if (mayBlock) {
			sendClose(close);
		}
		else {
			this.threads.executeSurely(() -> sendClose(close));
		}
	}

	private void sendClose(CloseFrame close) {
		this.transport.close(close.status(), close.patience());
		this.listener.closeSent();
	}

	@Override
	public void written(OutboundWrite write) {
		this.source.ended(write);
		this.listener.written(write.frames());
	}

	@Override
	public void failed(OutboundWrite write, Throwable failure) {
		this.source.ended(write);
		this.listener.writeFailed(failure);
	}

	@Override
	public void goOn() {
		handOver();
	}

	/**
	 * Supplies the steps of a drain.
	 */
	interface Source {

		/**
		 * Return the next step. If there is none, the source becomes idle.
		 * @param listener notified of the end of a write
		 * @return the step, or {@code null} if the drain is over
		 */
		@Nullable OutboundStep next(OutboundWrite.Listener listener);

		/**
		 * Continue if there is a next step. If there is none, become idle.
		 * @return whether there is a next step
		 */
		boolean continueOrIdle();

		/**
		 * A write has ended.
		 * @param write the write
		 */
		void ended(OutboundWrite write);

	}

}
