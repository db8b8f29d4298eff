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

import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.server.transport.DropNotice;
import io.nexios.ws.server.transport.OutboundFrame;

/**
 * Numbers messages, as in {@code A7}, whose notices are in parentheses, as in
 * {@code (A7)}.
 *
 * @author Nexios Team
 */
final class TestTopic {

	private final AtomicInteger asked = new AtomicInteger();

	private final String name;

	private int next = 1;

	TestTopic(String name) {
		this.name = name;
	}

	OutboundFrame next() {
		return next(0);
	}

	/**
	 * Create the next message.
	 * @param padding how many bytes it has in addition
	 * @return the message
	 */
	OutboundFrame next(int padding) {
		String text = this.name + this.next++;
		OutboundFrame notice = OutboundFrame.text("(" + text + ")");
		return OutboundFrame.text(text + ".".repeat(padding), new DropNotice(this.name, () -> {
			this.asked.incrementAndGet();
			return notice;
		}));
	}

	/**
	 * Return for how many messages the notice was needed.
	 * @return their number
	 */
	int asked() {
		return this.asked.get();
	}

}
