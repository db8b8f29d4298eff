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
 * The selector reports available data until it is read. So Tomcat removes a socket from
 * the selector with each report, starts a task that reads and processes, and adds the
 * socket again at the end of the task. These are two system calls, and often a third one
 * to wake the poller. Here the poller itself reads into the existing buffer of the
 * socket. It adds the socket again before the next select. If a socket is removed and
 * added again between two selects, the JDK makes no system call for it. The poller
 * neither waits nor parses. The task parses, as it does without reading ahead.
 * <p>
 * <b>Why the socket is never forgotten.</b> Each report removes the socket from the
 * selector and starts one task. If the poller adds the socket again, it sets a mark. The
 * next task that ends removes the mark and does not add the socket. The poller reads
 * ahead only while there is no mark. So there are three states:
 * <ul>
 * <li>no task and no mark: the socket is in the selector.</li>
 * <li>one task and one mark: the socket is in the selector.</li>
 * <li>one task more than marks: the socket is not in the selector.</li>
 * </ul>
 * In the third state the socket is not reported, and one task remains that adds it again.
 * It does not matter which of the tasks does it. Data that arrives meanwhile is reported
 * when the socket is in the selector again.
 * <p>
 * <b>Peers that are not read ahead.</b> A peer that sends without waiting for answers is
 * reported again while a task is at work. For such a peer, an early read only makes many
 * small tasks of one task. So the next reports are left to Tomcat. On a busy server their
 * tasks even wait for a short time, see {@link ReadCoalescing}.
 * <p>
 * The fields are guarded by the socket's lock. Tomcat holds this lock while a task is at
 * work. The poller does not wait for it.
 *
 * @author Nexios Team
 */
public final class ReadAhead implements SocketReading {

	private static final Log logger = LogFactory.getLog(Loggers.TOMCAT);

	// Enough reports that a peer that sends without waiting costs no more than on Tomcat
	// alone
	private static final int LEFT_TO_TOMCAT = 32;

	// Two tasks: the task that upgrades, which ends as if there had been a report, and
	// the task of the first message, which is often the last one of the connection
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
	 * Create the {@link ReadAhead} of a socket. There is none without a poller. There is
	 * none with TLS either, because one poller should not decrypt for all connections.
	 * @param socket the socket
	 * @return the {@link ReadAhead}, or {@code null} if the socket has none
	 */
	public static @Nullable ReadAhead of(SocketWrapperBase<?> socket) {
		boolean plain = socket instanceof NioSocketWrapper && !(socket.getSocket() instanceof SecureNioChannel);
		return plain ? new ReadAhead(socket) : null;
	}

	/**
	 * Read the available data, if that is worth it and no other thread holds the socket's
	 * lock. Called by the poller before it starts the task. Never fails.
	 * @return whether the peer sends without waiting for answers
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
			// The task gets the same failure, and Tomcat then ends one connection. Here
			// the failure would end the poller
			logger.trace("Cannot read ahead", ex);
			return false;
		}
	}

	Pace pace() {
		return this.pace;
	}

	/**
	 * Process the data that was read ahead and the data that has arrived since. Called by
	 * the task under the socket's lock. Tomcat releases this lock for a while if it has
	 * to close after a message that another thread is writing. A task that comes
	 * meanwhile has nothing to do.
	 * @param task the task of Tomcat
	 * @return what Tomcat has to do with the socket next
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
		if (state != SocketState.UPGRADED || takePassed()) {
			return state;
		}
		if (this.marked) {
			this.marked = false;
			return SocketState.SUSPENDED;
		}
		// If there is no mark, although the report was not left to Tomcat, the socket was
		// reported while another task was at work
		this.leftToTomcat = (this.leftToTomcat > 0) ? this.leftToTomcat - 1 : LEFT_TO_TOMCAT;
		return state;
	}

	private boolean takePassed() {
		boolean another = this.passed;
		if (another) {
			// The other task has neither added the socket to the selector nor removed the
			// mark of this task. So this task adds the socket and removes the mark
			this.passed = false;
			this.marked = false;
		}
		return another;
	}

}
