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

import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CloseCodes}.
 *
 * @author Nexios Team
 */
class CloseCodesTests {

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1003, 1007, 1011, 1014, 3000, 4999 })
	void codesForEndpointsCanBeSent(int code) {
		assertThat(CloseCodes.sendable(code, "why")).isEqualTo(new CloseStatus(code, "why"));
	}

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, Integer.MAX_VALUE })
	void otherCodesCannotBeSent(int code) {
		assertThat(CloseCodes.isSendable(code)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> CloseCodes.sendable(code, ""))
			.withMessageContaining(String.valueOf(code));
	}

	@Test
	void reasonIsCutToWhatACloseFrameHolds() {
		CloseStatus status = CloseCodes.sendable(1000, "a" + "ä".repeat(100));
		assertThat(status.getReason()).isEqualTo("a" + "ä".repeat(61));
		assertThat(status.getReason().getBytes(StandardCharsets.UTF_8)).hasSize(123);
	}

	@Test
	void reasonIsRequired() {
		assertThatIllegalArgumentException().isThrownBy(() -> CloseCodes.sendable(1000, null));
	}

	@Test
	void closeWithoutACodeIsANormalOne() {
		assertThat(CloseCodes.received(CloseStatus.NO_STATUS_CODE)).isEqualTo(new CloseStatus(1000, ""));
	}

	@Test
	void anyOtherCodeIsReportedAsItIs() {
		assertThat(CloseCodes.received(new CloseStatus(1006, null))).isEqualTo(new CloseStatus(1006, ""));
		assertThat(CloseCodes.received(new CloseStatus(4321, "why"))).isEqualTo(new CloseStatus(4321, "why"));
	}

}
