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

package io.nexios.ws.cluster;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.nexios.ws.cluster.WriterLog.Outcome;

/**
 * Sends numbered messages to a room on one node, one after the other, until it is
 * stopped.
 *
 * @author Nexios Team
 */
final class Writer {

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final WriterLog log;

	private final Supplier<? extends RoomNode> node;

	private final String room;

	private final Thread thread;

	private int next;

	private Writer(String name, Supplier<? extends RoomNode> node, String room) {
		this.log = new WriterLog(name);
		this.node = node;
		this.room = room;
		this.thread = new Thread(this::run, "writer-" + name);
	}

	static Writer start(String name, RoomNode node, String room) {
		return start(name, () -> node, room);
	}

	/**
	 * Start a writer that may change its node.
	 * @param name its name
	 * @param node returns its node, for each message
	 * @param room the room
	 * @return the writer
	 */
	static Writer start(String name, Supplier<? extends RoomNode> node, String room) {
		Writer writer = new Writer(name, node, room);
		writer.thread.start();
		return writer;
	}

	WriterLog log() {
		return this.log;
	}

	private void run() {
		try {
			while (!this.stopped.await(5, TimeUnit.MILLISECONDS)) {
				send();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Outcome send() {
		int number = this.next++;
		Outcome outcome = this.node.get().send(this.room, this.log.name() + " " + number);
		this.log.put(number, outcome);
		return outcome;
	}

	/**
	 * Send no further message.
	 */
	void stop() {
		this.stopped.countDown();
	}

	/**
	 * Stop, and send a last message.
	 * @return the number of the last message, or -1 if it was not accepted
	 */
	int finish() {
		this.stopped.countDown();
		try {
			this.thread.join(30_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Outcome last = send();
		return (last == Outcome.ACCEPTED) ? this.next - 1 : -1;
	}

}
