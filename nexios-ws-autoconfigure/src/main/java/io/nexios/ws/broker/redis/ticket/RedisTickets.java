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

package io.nexios.ws.broker.redis.ticket;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.spi.TimeSource;
import io.nexios.ws.ticket.TicketStore;
import org.jspecify.annotations.Nullable;

/**
 * Tickets as keys in Redis, which expire there. A call fails at once while there is no
 * connection.
 * <p>
 * Not guaranteed: whether a ticket is still there after a call that has failed, and that
 * a used ticket is gone after a failover to a replica that is behind.
 *
 * @author Nexios Team
 */
public final class RedisTickets implements TicketStore {

	private final RedisCalls calls;

	private final RedisNames names;

	private final TimeSource time;

	/**
	 * Create a store.
	 * @param calls makes the requests
	 * @param names the names in Redis
	 * @param time the time
	 */
	public RedisTickets(RedisCalls calls, RedisNames names, TimeSource time) {
		this.calls = calls;
		this.names = names;
		this.time = time;
	}

	@Override
	public CompletionStage<Void> put(String ticket, String content, Duration timeToLive) {
		return this.calls
			.call(RedisRequest.of("SET", this.names.ticket(ticket), content, "PX", timeToLive.toMillis(), "NX"))
			.thenAccept(RedisTickets::checkKept);
	}

	private static void checkKept(@Nullable Object answer) {
		if (answer == null) {
			throw new IllegalStateException("Redis has this ticket already");
		}
	}

	@Override
	public CompletionStage<Void> replace(String ticket, String content) {
		return this.calls.call(RedisRequest.of("SET", this.names.ticket(ticket), content, "XX", "KEEPTTL"))
			.thenAccept((answer) -> {
			});
	}

	@Override
	public CompletionStage<Optional<String>> take(String ticket) {
		return this.calls.call(RedisRequest.of("GETDEL", this.names.ticket(ticket))).thenApply(RedisTickets::text);
	}

	private static Optional<String> text(@Nullable Object answer) {
		return (answer instanceof byte[] content) ? Optional.of(new String(content, StandardCharsets.UTF_8))
				: Optional.empty();
	}

	@Override
	public CompletionStage<Void> remove(String ticket, Duration timeToLive) {
		return new Removal(this.calls, this.names.ticket(ticket), this.time, timeToLive).run();
	}

}
