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

package io.nexios.ws.server.handshake;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.server.connection.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AcceptanceSpec}.
 *
 * @author Nexios Team
 */
class AcceptanceSpecTests {

	private final AcceptanceSpec spec = TestSettings.spec("chat", "superchat");

	@Test
	void specStartsWithTheSettingsOfTheServer() {
		assertThat(this.spec.chosenSubprotocol()).isNull();
		assertThat(this.spec.headers().isEmpty()).isTrue();
		assertThat(this.spec.maxMessageSize()).isEqualTo(100);
		assertThat(this.spec.overflow()).isEqualTo(OverflowPolicy.CLOSE);
		assertThat(this.spec.isInboundDiscarded()).isFalse();
	}

	@Test
	void subprotocolThatWasOfferedIsTaken() {
		this.spec.subprotocol("superchat");
		assertThat(this.spec.chosenSubprotocol()).isEqualTo("superchat");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Chat", "chat,superchat", "other" })
	void subprotocolThatWasNotOfferedIsRefused(String subprotocol) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.subprotocol(subprotocol))
			.withMessageContaining("did not offer the subprotocol '" + subprotocol + "'");
		assertThat(this.spec.chosenSubprotocol()).isNull();
	}

	@Test
	void valuesOfAHeaderAreTakenInTheirOrder() {
		this.spec.header("Set-Cookie", "a=1").header("Set-Cookie", "b=2");
		assertThat(this.spec.headers().get("Set-Cookie")).containsExactly("a=1", "b=2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\tb", "a b", "é", "\u0080" })
	void anyVisibleValueIsTaken(String value) {
		this.spec.header("X-A", value);
		assertThat(this.spec.headers().getFirst("X-A")).isEqualTo(value);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "a b", "a:b", "a\r\nb", "\u0000", "(a)", "ä", "a/b" })
	void nameThatIsNoTokenIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.header(name, "value"));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "a\r\nb", "\r", "\n", "\u0000", "\u007F", "\u001B" })
	void valueWithAControlCharacterIsRefused(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.header("X-A", value));
		assertThat(this.spec.headers().isEmpty()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Connection", "UPGRADE", "content-length", "Transfer-Encoding", "Sec-WebSocket-Accept",
			"sec-websocket-protocol", "SEC-WEBSOCKET-EXTENSIONS" })
	void headerOfTheHandshakeIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.header(name, "value"))
			.withMessageContaining("belongs to the handshake");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 1_048_576, Integer.MAX_VALUE })
	void messageSizeIsTaken(long bytes) {
		this.spec.maxMessageSize(DataSize.ofBytes(bytes));
		assertThat(this.spec.maxMessageSize()).isEqualTo((int) bytes);
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, 0, Integer.MAX_VALUE + 1L, Long.MAX_VALUE })
	void messageSizeThatNoArrayHasIsRefused(long bytes) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.maxMessageSize(DataSize.ofBytes(bytes)));
	}

	@Test
	void overflowPolicyIsTaken() {
		this.spec.overflow(OverflowPolicy.DROP_OLDEST);
		assertThat(this.spec.overflow()).isEqualTo(OverflowPolicy.DROP_OLDEST);
	}

	@Test
	void messagesMayBeDiscarded() {
		this.spec.discardInbound();
		assertThat(this.spec.isInboundDiscarded()).isTrue();
	}

}
