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

package io.nexios.ws.server.inbound;

import org.jspecify.annotations.Nullable;

/**
 * Holds back the answer to the peer's close until the messages before it are handled. A
 * message is <em>being handled</em> from the moment it is taken until the taker asks for
 * the next one or has returned.
 * <p>
 * Guarded by the lock of its queue. So there are two cases: a thread is working on a
 * message and will run the answer, or no thread is.
 *
 * @author Nexios Team
 */
final class AnswerHold {

	private boolean handling;

	private boolean received;

	private @Nullable Runnable answer;

	private boolean released;

	/**
	 * A thread has asked for a message.
	 * @param taken whether there was one
	 */
	void polled(boolean taken) {
		this.handling = taken;
		this.received = true;
	}

	/**
	 * Hold the answer back if there is something to wait for.
	 * @param answer the answer
	 * @param waiting whether messages wait
	 * @param receiver whether a thread or a consumer will receive them
	 * @return what the answer waits for
	 */
	Hold keep(Runnable answer, boolean waiting, boolean receiver) {
		Hold hold = hold(waiting, receiver);
		this.answer = (hold != Hold.NOTHING_TO_WAIT_FOR) ? answer : null;
		return hold;
	}

	private Hold hold(boolean waiting, boolean receiver) {
		if (this.handling || (waiting && receiver)) {
			return Hold.AT_WORK;
		}
		return (waiting && !this.received) ? Hold.NOBODY_HAS_RECEIVED : Hold.NOTHING_TO_WAIT_FOR;
	}

	boolean hasReceived() {
		return this.received;
	}

	/**
	 * Return whether a message is being handled, and the answer that waits for it has not
	 * run. Possibly the answer is not held back yet.
	 * @return whether it is
	 */
	boolean isAnswering() {
		return this.handling && !this.released;
	}

	/**
	 * Stop holding the answer back.
	 * @return the answer that was held back, which the caller has to run, or {@code null}
	 */
	@Nullable Runnable release() {
		Runnable answer = this.answer;
		this.handling = false;
		this.released = true;
		this.answer = null;
		return answer;
	}

}
