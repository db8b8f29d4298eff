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

import java.util.List;

import io.nexios.ws.broker.Position;
import io.nexios.ws.cluster.WriterLog.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RoomCheck}.
 *
 * @author Nexios Team
 */
class RoomCheckTests {

	private final PageLog first = new PageLog("first");

	private final PageLog second = new PageLog("second");

	private final WriterLog writer = new WriterLog("w");

	@Test
	void findsNothingIfAllPagesHaveAllMessages() {
		joinBoth();
		send(1, Outcome.ACCEPTED, this.first, this.second);
		send(2, Outcome.UNKNOWN, this.first, this.second);
		this.writer.put(9, Outcome.NOT_SENT);
		assertThat(violations()).isEmpty();
	}

	@Test
	void findsSkippedMessage() {
		joinBoth();
		send(1, Outcome.ACCEPTED, this.first, this.second);
		send(2, Outcome.ACCEPTED, this.first);
		send(3, Outcome.ACCEPTED, this.first, this.second);
		assertThat(violations()).anyMatch((violation) -> violation.contains("second received"));
	}

	@Test
	void findsMessageThatWasAcceptedAndIsNowhere() {
		joinBoth();
		send(1, Outcome.ACCEPTED, this.first, this.second);
		this.writer.put(2, Outcome.ACCEPTED);
		this.first.add(new PageLog.Message(at(2), "w", 3));
		this.second.add(new PageLog.Message(at(2), "w", 3));
		this.writer.put(3, Outcome.ACCEPTED);
		assertThat(violations()).hasSize(2).allMatch((violation) -> violation.contains("did not receive message 2"));
	}

	@Test
	void findsMessageThatComesTwice() {
		joinBoth();
		send(1, Outcome.ACCEPTED, this.first);
		this.first.add(new PageLog.Message(at(2), "w", 1));
		assertThat(violations()).singleElement().asString().contains("too late or twice");
	}

	@Test
	void findsTwoMessagesInOnePlace() {
		joinBoth();
		this.first.add(new PageLog.Message(at(1), "w", 1));
		this.second.add(new PageLog.Message(at(1), "w", 2));
		assertThat(violations()).anyMatch((violation) -> violation.startsWith("There are two messages"));
	}

	@Test
	void findsMessageThatWasNotSent() {
		joinBoth();
		send(1, Outcome.NOT_SENT, this.first);
		assertThat(violations()).singleElement().asString().contains("was not sent");
	}

	@Test
	void findsUnknownMessageThatOnePageHas() {
		joinBoth();
		send(1, Outcome.ACCEPTED, this.first, this.second);
		this.first.add(new PageLog.Message(at(2), "w", 2));
		this.first.add(new PageLog.Message(at(3), "w", 3));
		this.second.add(new PageLog.Message(at(2), "x", 1));
		this.second.add(new PageLog.Message(at(3), "w", 3));
		this.writer.put(2, Outcome.UNKNOWN);
		assertThat(violations()).anyMatch((violation) -> violation.contains("others did"));
	}

	@Test
	void findsResumeFromAnotherPosition() {
		joinBoth();
		send(1, Outcome.ACCEPTED, this.first);
		this.first.add(new PageLog.Joined(true, at(5)));
		assertThat(violations()).singleElement().asString().contains("resumed from another position");
	}

	@Test
	void lossCoversWhatIsMissing() {
		joinBoth();
		send(1, Outcome.ACCEPTED, this.first, this.second);
		send(2, Outcome.ACCEPTED, this.first);
		this.second.add(new PageLog.Lost("RETENTION", at(2)));
		send(3, Outcome.ACCEPTED, this.first, this.second);
		assertThat(violations()).isEmpty();
	}

	@Test
	void joinWithoutRecoveryCoversWhatIsMissing() {
		joinBoth();
		send(1, Outcome.ACCEPTED, this.first, this.second);
		send(2, Outcome.ACCEPTED, this.first);
		this.second.add(new PageLog.Joined(false, at(2)));
		send(3, Outcome.ACCEPTED, this.first, this.second);
		assertThat(violations()).isEmpty();
	}

	private void joinBoth() {
		this.first.add(new PageLog.Joined(false, at(0)));
		this.second.add(new PageLog.Joined(false, at(0)));
	}

	private void send(int number, Outcome outcome, PageLog... pages) {
		this.writer.put(number, outcome);
		for (PageLog page : pages) {
			page.add(new PageLog.Message(at(number), "w", number));
		}
	}

	private static Position at(int offset) {
		return new Position(1, offset, offset);
	}

	private List<String> violations() {
		return RoomCheck.violations(List.of(this.first, this.second), List.of(this.writer));
	}

}
