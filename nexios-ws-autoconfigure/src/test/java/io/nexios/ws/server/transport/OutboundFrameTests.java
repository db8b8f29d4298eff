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

package io.nexios.ws.server.transport;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link OutboundFrame}.
 *
 * @author Nexios Team
 */
class OutboundFrameTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "abc", "ä€\uD83D\uDE00", "a\uD83Db", "\uDE00" })
	void sizeOfATextIsThatOfItsPayload(String text) {
		OutboundFrame frame = OutboundFrame.text(text);
		assertThat(frame.payload().remaining()).isEqualTo(frame.size());
		assertThat(StandardCharsets.UTF_8.decode(frame.payload()).toString()).isEqualTo(frame.text());
	}

	@Test
	void unpairedSurrogateBecomesAQuestionMark() {
		assertThat(OutboundFrame.text("a\uD83Db").text()).isEqualTo("a?b");
	}

	@Test
	void everyPayloadHasItsOwnPosition() {
		OutboundFrame frame = OutboundFrame.binary(new byte[] { 1, 2 });
		frame.payload().get();
		assertThat(frame.payload().remaining()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "a\uD83Db" })
	void textKeepsItsDropNotice(String text) {
		DropNotice notice = new DropNotice("topic", () -> OutboundFrame.text("lost"));
		OutboundFrame frame = OutboundFrame.text(text, notice);
		assertThat(frame.dropNotice()).isSameAs(notice);
		assertThat(frame.text()).isEqualTo(OutboundFrame.text(text).text());
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "a\uD83Db" })
	void undroppableTextHasNoNotice(String text) {
		OutboundFrame frame = OutboundFrame.undroppable(text);
		assertThat(frame.isUndroppable()).isTrue();
		assertThat(frame.dropNotice()).isNull();
		assertThat(frame.text()).isEqualTo(OutboundFrame.text(text).text());
	}

	@Test
	void frameIsDroppedUnlessItSaysOtherwise() {
		assertThat(OutboundFrame.text("a").isUndroppable()).isFalse();
		assertThat(OutboundFrame.text("a", new DropNotice("b", () -> OutboundFrame.text("c"))).isUndroppable())
			.isFalse();
		assertThat(OutboundFrame.binary(new byte[1]).isUndroppable()).isFalse();
		assertThat(OutboundFrame.ping(new byte[1]).isUndroppable()).isFalse();
	}

	@Test
	void frameIsDroppedSilentlyUnlessItSaysOtherwise() {
		assertThat(OutboundFrame.text("a").dropNotice()).isNull();
		assertThat(OutboundFrame.binary(new byte[1]).dropNotice()).isNull();
		assertThat(OutboundFrame.ping(new byte[1]).dropNotice()).isNull();
	}

	@Test
	void onlyATextHasText() {
		assertThatIllegalStateException().isThrownBy(() -> OutboundFrame.ping(new byte[0]).text())
			.withMessageContaining("PING");
	}

}
