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

package io.nexios.ws.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A client that reads all the time and answers pings on a separate thread, until the
 * connection ends.
 *
 * @author Nexios Team
 */
public final class AnsweringClient implements AutoCloseable {

	private final List<String> received = new CopyOnWriteArrayList<>();

	private final RawWs ws;

	/**
	 * Start to read.
	 * @param ws the connection, accepted
	 */
	public AnsweringClient(RawWs ws) {
		this.ws = ws;
		Thread reader = new Thread(this::read, "answering-client");
		reader.setDaemon(true);
		reader.start();
	}

	private void read() {
		try {
			RawFrame frame;
			do {
				frame = this.ws.readFrame();
				if (frame.opcode() == RawFrame.PING) {
					this.ws.send(RawFrame.of(RawFrame.PONG, frame.payload()));
				}
				else {
					this.received.add((frame.opcode() == RawFrame.CLOSE) ? "close"
							: new String(frame.payload(), StandardCharsets.UTF_8));
				}
			}
			while (frame.opcode() != RawFrame.CLOSE);
		}
		catch (RuntimeException | Error ex) {
			this.received.add("end");
		}
	}

	/**
	 * Return what was received.
	 * @return texts, and "close" or "end" at last
	 */
	public List<String> received() {
		return List.copyOf(this.received);
	}

	@Override
	public void close() {
		this.ws.close();
	}

}
