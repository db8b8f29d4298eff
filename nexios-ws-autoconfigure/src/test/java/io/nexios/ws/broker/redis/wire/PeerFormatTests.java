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

package io.nexios.ws.broker.redis.wire;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import io.nexios.ws.broker.NodeCommand.CloseAll;
import io.nexios.ws.broker.NodeCommand.ForgetHistories;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.redis.wire.PeerMessage.Answer;
import io.nexios.ws.broker.redis.wire.PeerMessage.Command;
import io.nexios.ws.broker.redis.wire.PeerMessage.Direct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PeerFormat}.
 *
 * @author Nexios Team
 */
class PeerFormatTests {

	private static final String NODE = "0123456789abcdef";

	static Stream<PeerMessage> messages() {
		return Stream.of(new Direct(1, NODE, NODE + ".1", new Payload.Json("{\"a\":\"ä\"}")),
				new Direct(Long.MIN_VALUE, NODE, "c", new Payload.Text("")),
				new Command(2, NODE, new CloseAll(1001, "Bye ä")), new Command(3, NODE, new CloseAll(4999, "")),
				new Command(-1, NODE, new ForgetHistories()), new Answer(4, NODE, true), new Answer(5, "", false));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void messageIsReadAsItWasWritten(PeerMessage message) {
		assertThat(PeerFormat.read(PeerFormat.write(message))).isEqualTo(message);
	}

	@Test
	void bytesAreReadAsTheyWereWritten() {
		byte[] written = PeerFormat.write(new Direct(1, NODE, "c", new Payload.Bytes(new byte[] { 0, -1 })));
		assertThat(PeerFormat.read(written)).isInstanceOfSatisfying(Direct.class,
				(direct) -> assertThat(direct.payload()).isInstanceOfSatisfying(Payload.Bytes.class,
						(bytes) -> assertThat(bytes.bytes()).containsExactly(0, -1)));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void messageThatIsCutOffIsNoOther(PeerMessage message) {
		byte[] written = PeerFormat.write(message);
		int payload = (message instanceof Direct direct) ? direct.payload().toString().length() : 0;
		for (int length = 0; length < written.length - payload; length++) {
			PeerMessage read = PeerFormat.read(Arrays.copyOf(written, length));
			assertThat(read == null || read instanceof Direct).as("%s bytes of %s", length, message).isTrue();
		}
	}

	@Test
	void anyBytesAreReadWithoutException() {
		Random random = new Random(42);
		for (int i = 0; i < 100_000; i++) {
			byte[] bytes = PeerFormat.write(messages().skip(random.nextInt(7)).findFirst().orElseThrow());
			for (int changes = random.nextInt(4); changes >= 0; changes--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			PeerFormat.read(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
		}
	}

	@Test
	void closeCodeThatCannotBeSentIsForeign() {
		assertThat(PeerFormat.read(PeerFormat.write(new Command(1, NODE, new CloseAll(999, ""))))).isNull();
		assertThat(PeerFormat.read(PeerFormat.write(new Command(1, NODE, new CloseAll(5000, ""))))).isNull();
	}

	@Test
	void longTextIsNotWritten() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> PeerFormat.write(new Direct(1, NODE, "c".repeat(256), new Payload.Text(""))));
	}

}
