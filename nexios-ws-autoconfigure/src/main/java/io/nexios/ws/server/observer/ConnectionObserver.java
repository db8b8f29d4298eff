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
 * Is told what happens on connections of one route. Called on whatever thread it happens
 * on, also the container's: implementations are quick and do not throw.
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
	 * Return whether times are measured, which takes reading the clock. The answer is
	 * always the same.
	 * @return whether {@link #messageStarted} and {@link #messageHandled} are wanted
	 */
	default boolean isTiming() {
		return true;
	}

	/**
	 * A handshake has come, and its handler is about to be asked. Called on the thread of
	 * the request.
	 * @param ws the connection that it may become
	 */
	default void handshakeStarted(WebSocket ws) {
	}

	/**
	 * Code of the application is about to run for a connection on this thread: its
	 * handler, or one callback of its consumer.
	 * @return what is closed on the same thread when that code has returned or thrown
	 */
	default Scope handlerEntered() {
		return Scope.NONE;
	}

	/**
	 * Code of the application has failed in a way that it does not mean to.
	 * @param failure what it threw
	 */
	default void handlerFailed(Throwable failure) {
	}

	/**
	 * No code of the application runs for a connection any more, nor will: its handler
	 * has returned, or its consumer was called for the last time. Comes once for whatever
	 * has started, before or after the end of the connection.
	 */
	default void handlerReleased() {
	}

	/**
	 * A handshake that had started is over without a connection.
	 * @param status the HTTP status that it was rejected with, or 101 if it was accepted
	 * but nothing came of it
	 */
	default void handshakeFailed(int status) {
	}

	/**
	 * A connection has opened. Its end may be told by another thread at the same time.
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
	 * A handler or consumer begins to deal with a message. Called on the thread that it
	 * does so on, one message of a connection at a time, and only if this observer
	 * {@linkplain #isTiming wants it}.
	 */
	default void messageStarted() {
	}

	/**
	 * A handler or consumer has dealt with a message. Called on the thread that asks for
	 * the next one, or returns, and only if this observer {@linkplain #isTiming wants
	 * it}.
	 * @param nanos how long it took until then
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
	 * A consumer has sent a message that there was no room for, and has not waited for
	 * the peer to read, as too many threads wait for peers already.
	 */
	default void waitRefused() {
	}

	/**
	 * Reading from the peer goes on after it was paused, because the handler is slow.
	 * @param nanos for how long
	 */
	default void readingResumed(long nanos) {
	}

	/**
	 * A limit is exceeded, of what the peer sends or of what waits for it, and its
	 * connection is closed for it.
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
	 * What surrounds code of the application.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		/**
		 * Surrounds nothing.
		 */
		Scope NONE = () -> {
		};

		@Override
		void close();

	}

}
