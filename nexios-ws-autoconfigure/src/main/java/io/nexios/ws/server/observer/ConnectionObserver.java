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

package io.nexios.ws.server.observer;

import java.time.Duration;

import io.nexios.ws.WebSocket;
import io.nexios.ws.server.limit.Limit;

/**
 * Gets the events of a connection. Each method is called on the thread of the event,
 * which may be a thread of the container. So implementations must be quick and must not
 * throw exceptions.
 *
 * @author Nexios Team
 */
public interface ConnectionObserver {

	/**
	 * Does not measure anything.
	 */
	ConnectionObserver NONE = new ConnectionObserver() {

		@Override
		public boolean isTiming() {
			return false;
		}

	};

	/**
	 * Return whether this observer needs times, for which the clock must be read. The
	 * answer is always the same.
	 * @return whether {@link #messageStarted} and {@link #messageHandled} have to be
	 * called
	 */
	default boolean isTiming() {
		return true;
	}

	/**
	 * A handshake has come, and its handler is about to be called. Called on the thread
	 * of the request.
	 * @param ws the connection that the handshake may lead to
	 */
	default void handshakeStarted(WebSocket ws) {
	}

	/**
	 * Code of the application is about to run for a connection on this thread: its
	 * handler, or one callback of its consumer.
	 * @return a scope. It is closed on the same thread when that code has returned or
	 * thrown
	 */
	default Scope handlerEntered() {
		return Scope.NONE;
	}

	/**
	 * Code of the application has failed unintentionally.
	 * @param failure the exception that it threw
	 */
	default void handlerFailed(Throwable failure) {
	}

	/**
	 * A consumer has dropped a message, because the groups are unavailable. The
	 * connection stays open. Called on the thread that processes the message.
	 * @param failure the exception that the consumer threw
	 */
	default void messageFailed(Throwable failure) {
	}

	/**
	 * No code of the application runs or will run for a connection any more: its handler
	 * has returned, or its consumer has been called for the last time. Called once for
	 * each handler or consumer that has started, before or after the end of the
	 * connection.
	 */
	default void handlerReleased() {
	}

	/**
	 * A handshake that had started has ended without a connection.
	 * @param status the HTTP status of the rejection, or 101 if the handshake was
	 * accepted but no connection was opened
	 */
	default void handshakeFailed(int status) {
	}

	/**
	 * A connection has opened. Another thread may report its end at the same time.
	 */
	default void connectionOpened() {
	}

	/**
	 * A connection that had opened has ended.
	 * @param code the close code, 1006 if there was none
	 * @param lifetime how long it was open
	 */
	default void connectionClosed(int code, Duration lifetime) {
	}

	/**
	 * A message was received completely.
	 * @param bytes its size
	 */
	default void messageReceived(int bytes) {
	}

	/**
	 * A handler or consumer begins to process a message. Called on the thread that
	 * processes it, for one message of a connection at a time. Called only if this
	 * observer {@linkplain #isTiming needs times}.
	 */
	default void messageStarted() {
	}

	/**
	 * A handler or consumer has processed a message. Called on the thread that asks for
	 * the next message or returns. Called only if this observer {@linkplain #isTiming
	 * needs times}.
	 * @param nanos the time since the start
	 */
	default void messageHandled(long nanos) {
	}

	/**
	 * Messages were handed to the operating system.
	 * @param messages their number, without pings
	 * @param bytes their size
	 */
	default void messagesSent(int messages, int bytes) {
	}

	/**
	 * Messages were dropped because the peer does not read as fast as they come.
	 * @param messages their number
	 */
	default void messagesDropped(int messages) {
	}

	/**
	 * The peer will be told that messages of one group were dropped: once for each run of
	 * dropped messages without a kept message in between.
	 */
	default void dropNoticeQueued() {
	}

	/**
	 * A consumer has sent a message when the queue had no room, and has not waited for
	 * the peer to read, because too many threads already wait for peers.
	 */
	default void waitRefused() {
	}

	/**
	 * Reading from the peer resumes. It was paused because the handler is slow.
	 * @param nanos the time of the pause
	 */
	default void readingResumed(long nanos) {
	}

	/**
	 * A limit for what the peer sends or for what waits for it is exceeded. For this
	 * reason the connection is closed.
	 * @param limit the limit
	 */
	default void limitExceeded(Limit limit) {
	}

	/**
	 * A ping was answered.
	 * @param nanos the round-trip time
	 */
	default void pingAnswered(long nanos) {
	}

	/**
	 * A scope around code of the application.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		/**
		 * Does nothing.
		 */
		Scope NONE = () -> {
		};

		@Override
		void close();

	}

}
