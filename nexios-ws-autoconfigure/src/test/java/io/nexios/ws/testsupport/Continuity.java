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

import io.nexios.ws.server.transport.DropNotice;
import io.nexios.ws.server.transport.OutboundFrame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers the messages of one topic, and checks what a peer gets of them. The peer gets
 * each message in order, or a notice in the place of the message. The peer gets every
 * mark, after all that was sent before it.
 *
 * @author Nexios Team
 */
public final class Continuity {

	private static final String LOST = "lost ";

	private static final String MARK = "mark ";

	private final String topic;

	private int sent;

	private int received;

	private int notices;

	private int marksSent;

	private int marks;

	/**
	 * Create the numbers of a topic.
	 * @param topic the name of the topic, without spaces
	 */
	public Continuity(String topic) {
		this.topic = topic;
	}

	/**
	 * Create the next message. To be called by one thread at a time.
	 * @param padding how many bytes it has in addition
	 * @return the message
	 */
	public OutboundFrame next(int padding) {
		int number = this.sent++;
		OutboundFrame notice = OutboundFrame.text(LOST + this.topic + " " + number);
		return OutboundFrame.text(this.topic + " " + number + " " + ".".repeat(padding),
				new DropNotice(this.topic, () -> notice));
	}

	/**
	 * Create a frame that is not dropped. To be called as {@link #next(int)}.
	 * @return the frame
	 */
	public OutboundFrame mark() {
		this.marksSent++;
		return OutboundFrame.undroppable(MARK + this.topic + " " + this.sent);
	}

	/**
	 * The peer has got a text. Texts of other topics are ignored.
	 * @param text the text
	 */
	public void received(String text) {
		boolean notice = isNotice(text);
		boolean mark = text.startsWith(MARK);
		String[] parts = ((notice || mark) ? text.substring(LOST.length()) : text).split(" ");
		if (!parts[0].equals(this.topic)) {
			return;
		}
		int number = Integer.parseInt(parts[1]);
		if (mark) {
			assertThat(number).as("messages of %s before a mark", this.topic).isEqualTo(this.received);
			this.marks++;
			return;
		}
		if (notice) {
			assertThat(number).as("notice of lost messages of %s", this.topic).isGreaterThanOrEqualTo(this.received);
			this.notices++;
		}
		else {
			assertThat(number).as("message of %s after all before it", this.topic).isEqualTo(this.received);
		}
		this.received = number + 1;
	}

	/**
	 * Return whether a text is a notice of lost messages of any topic.
	 * @param text the text
	 * @return whether it is
	 */
	public static boolean isNotice(String text) {
		return text.startsWith(LOST);
	}

	public boolean isComplete() {
		return this.received == this.sent && this.marks == this.marksSent;
	}

	public void assertComplete() {
		assertThat(this.received).as("messages of %s", this.topic).isEqualTo(this.sent);
		assertThat(this.marks).as("marks of %s", this.topic).isEqualTo(this.marksSent);
	}

	public int notices() {
		return this.notices;
	}

}
