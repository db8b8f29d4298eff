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
import java.util.Objects;

import io.nexios.ws.server.connection.Connection;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.thread.WallClockTimer;
import io.nexios.ws.spi.PrincipalExpiry;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Ends a connection when its user may not stay connected any longer. The end of the
 * connection cancels the timer, so that the timer does not keep the connection in memory.
 *
 * @author Nexios Team
 */
public final class LoginExpiry implements Runnable {

	private static final CloseStatus EXPIRED = new CloseStatus(CloseStatus.POLICY_VIOLATION.getCode(),
			"Credentials expired");

	private final Instant expiresAt;

	private final Connection connection;

	private final WallClockTimer timer;

	private LoginExpiry(Instant expiresAt, Connection connection, ServerThreads threads) {
		this.expiresAt = expiresAt;
		this.connection = connection;
		this.timer = new WallClockTimer(this, threads);
	}

	public static @Nullable Instant earliest(List<PrincipalExpiry> expiries, @Nullable Principal principal) {
		if (principal == null) {
			return null;
		}
		return expiries.stream()
			.map((expiry) -> expiry.expiresAt(principal))
			.filter(Objects::nonNull)
			.min(Instant::compareTo)
			.orElse(null);
	}

	public static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
		return (one == null || (other != null && other.isBefore(one))) ? other : one;
	}

	public static boolean isOver(@Nullable Instant expiresAt) {
		return expiresAt != null && !Instant.now().isBefore(expiresAt);
	}

	public static void start(@Nullable Instant expiresAt, Connection connection, ServerThreads threads) {
		if (expiresAt != null) {
			LoginExpiry expiry = new LoginExpiry(expiresAt, connection, threads);
			connection.whenEnded(expiry.timer::cancel);
			expiry.run();
		}
	}

	@Override
	public void run() {
		if (isOver(this.expiresAt)) {
			this.connection.eviction().revoke(EXPIRED);
		}
		else {
			this.timer.set(Duration.between(Instant.now(), this.expiresAt));
		}
	}

}
