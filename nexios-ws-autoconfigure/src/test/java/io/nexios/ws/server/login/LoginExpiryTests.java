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

package io.nexios.ws.server.login;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoginExpiry}.
 *
 * @author Nexios Team
 */
class LoginExpiryTests {

	private final LocalServer server = new LocalServer();

	private final Principal ann = () -> "ann";

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void earliestOfAllExpiriesCounts() {
		Instant early = Instant.ofEpochSecond(1);
		Instant late = Instant.ofEpochSecond(2);
		assertThat(LoginExpiry.earliest(List.of((user) -> late, (user) -> null, (user) -> early), this.ann))
			.isEqualTo(early);
	}

	@Test
	void expiryIsNullWithoutAUser() {
		assertThat(LoginExpiry.earliest(List.of((user) -> Instant.EPOCH), null)).isNull();
	}

	@Test
	void expiryIsNullIfNobodyKnowsIt() {
		assertThat(LoginExpiry.earliest(List.of((user) -> null), this.ann)).isNull();
	}

	@Test
	void connectionEndsWhenTheTimeHasCome() {
		LocalConnection local = this.server.connect();
		start(local, Duration.ofMillis(50));
		Awaitility.await().until(() -> local.closeFrame() != null);
		assertThat(local.closeFrame()).isEqualTo(new CloseStatus(1008, "Credentials expired"));
	}

	@Test
	void timeThatHasComeEndsTheConnectionAtOnce() {
		LocalConnection local = this.server.connect();
		start(local, Duration.ofSeconds(-1));
		assertThat(local.ws().isConnected()).isFalse();
	}

	@Test
	void timerIsGoneWithTheConnection() {
		LocalConnection local = this.server.connect();
		start(local, Duration.ofDays(365 * 1000));
		assertThat(this.server.timers()).isEqualTo(1);
		local.leave(1000);
		assertThat(this.server.timers()).isZero();
	}

	@Test
	void connectionThatHasEndedGetsNoTimer() {
		LocalConnection local = this.server.connect();
		local.leave(1000);
		start(local, Duration.ofHours(1));
		assertThat(this.server.timers()).isZero();
	}

	private void start(LocalConnection local, Duration remaining) {
		LoginExpiry.start(Instant.now().plus(remaining), local.connection(), this.server.threads());
	}

}
