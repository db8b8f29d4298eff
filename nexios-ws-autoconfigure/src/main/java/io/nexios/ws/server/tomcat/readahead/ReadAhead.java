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

package io.nexios.ws.server.tomcat.readahead;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.tomcat.SocketReading;
import io.nexios.ws.server.tomcat.readahead.ReadCoalescing.Pace;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Reads from one socket on the thread of Tomcat's poller, so that the socket can stay in
 * the poller's selector.
 * <p>
 * The selector reports what has arrived until it is read. Tomcat therefore takes a socket
 * out with each report, starts a task that reads and processes, and puts the socket back
 * at its end: two system calls, and often a third to wake the poller. Here the poller
 * itself reads, into the buffer that the socket has in any case, and puts the socket back
 * before it selects again; of going out and coming back between two selects, the JDK
 * tells the system nothing. The poller neither waits nor parses: that is left to the task
 * as ever.
 * <p>
 * <b>Why the socket is never forgotten.</b> Each report takes the socket out and starts
 * one task. If the poller puts the socket back it leaves a mark, and the next task that
 * ends takes the mark away instead of putting the socket back. The poller reads ahead
 * only while there is no mark. So of tasks and marks there are none and none, one and
 * one, or one task more than marks, and only in the last case the socket is out: then it
 * is not reported, and a task is left that puts it back. Which task that is does not
 * matter. What arrives while the socket is out is reported when it is back.
 * <p>
 * <b>Who is better off without.</b> A peer that sends on without waiting for answers is
 * reported again while a task is at work. There, reading early only makes many small
 * tasks of one, so the next reports are left to Tomcat. On a busy server their tasks even
 * wait a little, see {@link ReadCoalescing}.
 * <p>
 * The fields are guarded by the socket's lock, which Tomcat holds while a task is at
 * work, and for which the poller does not wait.
 *
 * @author Nexios Team
 */
public final class ReadAhead implements SocketReading {

	private static final Log logger = LogFactory.getLog(Loggers.TOMCAT);

	// Many enough for a peer that sends on to cost no more than on Tomcat alone
	private static final int LEFT_TO_TOMCAT = 32;

	// The task that upgrades goes on as if there had been a report. And the first message
	// of a connection is often its last
	private static final int NEW = 2;

	private final SocketWrapperBase<?> socket;

	private final Pace pace = new Pace();

	private boolean marked;

	private boolean processing;

	private boolean passed;

	private int leftToTomcat = NEW;

	ReadAhead(SocketWrapperBase<?> socket) {
		this.socket = socket;
	}

	/**
	 * Create what reads ahead from a socket, unless there is no poller, or TLS: one
	 * poller is not to decrypt for all connections.
	 * @param socket the socket
	 * @return what reads ahead, or {@code null} if nothing may
	 */
	public static @Nullable ReadAhead of(SocketWrapperBase<?> socket) {
		boolean plain = socket instanceof NioSocketWrapper && !(socket.getSocket() instanceof SecureNioChannel);
		return plain ? new ReadAhead(socket) : null;
	}

	/**
	 * Read what has arrived, if that pays and nobody else is at the socket. Called by the
	 * poller before it starts the task. Never fails.
	 * @return whether the peer is one that sends on
	 */
	boolean read() {
		Lock lock = this.socket.getLock();
		if (!lock.tryLock()) {
			return false;
		}
		try {
			this.marked = this.marked || (this.leftToTomcat == 0 && isReadAndPutBack());
			return this.leftToTomcat > NEW;
		}
		finally {
			lock.unlock();
		}
	}

	private boolean isReadAndPutBack() {
		try {
			if (this.socket.isClosed() || !this.socket.isReadyForRead()) {
				return false;
			}
			this.socket.registerReadInterest();
			return true;
		}
		catch (IOException | RuntimeException | OutOfMemoryError ex) {
			// The task meets it too, and there Tomcat ends one connection. Here it would
			// end the poller
			logger.trace("Not read ahead", ex);
			return false;
		}
	}

	Pace pace() {
		return this.pace;
	}

	/**
	 * Process what was read and what has arrived since. Called by the task under the
	 * socket's lock, of which Tomcat lets go for a while if it has to close behind a
	 * message that another thread is writing: a task that comes then has nothing to do.
	 * @param task what Tomcat does
	 * @return how Tomcat is to go on with the socket
	 */
	@Override
	public SocketState process(Supplier<SocketState> task) {
		if (this.processing) {
			this.passed = true;
			return SocketState.SUSPENDED;
		}
		this.processing = true;
		try {
			return processed(task.get());
		}
		finally {
			this.processing = false;
		}
	}

	private SocketState processed(SocketState state) {
		if (state != SocketState.UPGRADED || isForAnother()) {
			return state;
		}
		if (this.marked) {
			this.marked = false;
			return SocketState.SUSPENDED;
		}
		// Without a mark, and not left on purpose: reported while another was at work
		this.leftToTomcat = (this.leftToTomcat > 0) ? this.leftToTomcat - 1 : LEFT_TO_TOMCAT;
		return state;
	}

	private boolean isForAnother() {
		boolean another = this.passed;
		if (another) {
			// It has left the socket out of the selector, with the mark of this one
			this.passed = false;
			this.marked = false;
		}
		return another;
	}

}
