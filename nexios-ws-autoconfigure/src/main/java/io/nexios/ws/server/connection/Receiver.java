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

package io.nexios.ws.server.connection;

import java.time.Duration;

import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketDisconnect;
import io.nexios.ws.server.inbound.InboundQueue;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.observer.MessageTimer;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The receiver of a connection's messages: its handler, or the {@link Dispatch} of its
 * consumer. It knows which thread is the handler's.
 *
 * @author Nexios Team
 */
public final class Receiver {

	private final MessageTimer timer;

	private volatile @Nullable Dispatch dispatch;

	private volatile @Nullable Thread handlerThread;

	private volatile boolean endReceived;

	Receiver(ConnectionObserver observer) {
		this.timer = new MessageTimer(observer);
	}

	/**
	 * Return the timer that measures how long messages are handled.
	 * @return the timer, for the receiving thread only
	 */
	public MessageTimer timer() {
		return this.timer;
	}

	// The thread

	public void handlerStarted() {
		this.handlerThread = Thread.currentThread();
	}

	public void handlerPaused() {
		this.handlerThread = null;
	}

	boolean isHandlerThread() {
		return Thread.currentThread() == this.handlerThread;
	}

	// The handler

	WSMessage receive(InboundQueue queue) {
		this.timer.stop();
		return received(queue.take());
	}

	@Nullable WSMessage receive(InboundQueue queue, Duration timeout) {
		this.timer.stop();
		WSMessage message = queue.take(timeout);
		return (message != null) ? received(message) : null;
	}

	/**
	 * Return the end as a message once, and throw it as an exception from then on.
	 * @param message the message from the queue
	 * @return the same message
	 */
	private WSMessage received(WSMessage message) {
		if (message instanceof WSMessage.Disconnect end) {
			if (this.endReceived) {
				throw new WebSocketDisconnect(end.code(), end.reason());
			}
			this.endReceived = true;
		}
		else {
			this.timer.start();
		}
		return message;
	}

	// The consumer

	/**
	 * Dispatch the messages to a consumer.
	 * @param dispatch hands the messages over
	 */
	void dispatchTo(Dispatch dispatch) {
		this.dispatch = dispatch;
	}

	public boolean isDispatched() {
		return this.dispatch != null;
	}

	public void startDispatch() {
		Dispatch dispatch = this.dispatch;
		Assert.state(dispatch != null, "There is no consumer to dispatch to");
		if (dispatch.claimStart()) {
			handlerPaused();
			dispatch.start();
		}
	}

	/**
	 * Return the action to run after a message or the end was added to the queue.
	 * @return the action that signals the consumer, or {@code null} if there is none
	 */
	@Nullable Runnable signal() {
		Dispatch dispatch = this.dispatch;
		return (dispatch != null) ? dispatch::signal : null;
	}

}
