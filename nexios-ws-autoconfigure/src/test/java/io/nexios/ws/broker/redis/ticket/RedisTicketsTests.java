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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.script.ScriptedRedis;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import io.nexios.ws.testsupport.redis.RespException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RedisTickets} with a real Redis, as a user who may do what a node has
 * to.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisTicketsTests {

	private static final Duration TTL = Duration.ofSeconds(30);

	private static RedisServer server;

	private final ManualTimeSource time = new ManualTimeSource();

	private final RedisTickets tickets = new RedisTickets(this::call, new RedisNames("nx"), this.time);

	private RespClient client;

	private boolean away;

	@BeforeAll
	static void startServer() {
		server = RedisServer.configure().withUser("node", ScriptedRedis.RULES).start();
	}

	@AfterAll
	static void closeServer() {
		server.close();
	}

	@BeforeEach
	void connect() {
		server.call("FLUSHALL");
		this.client = server.connect();
		this.client.call("AUTH", "node", "");
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	private CompletionStage<@Nullable Object> call(RedisRequest request) {
		if (this.away) {
			return CompletableFuture.failedStage(new ConnectionLostException("away"));
		}
		List<Object> command = new ArrayList<>();
		command.add(request.command());
		command.addAll(request.arguments());
		try {
			Object answer = this.client.call(command.toArray());
			return CompletableFuture
				.completedStage((answer instanceof String text) ? text.getBytes(StandardCharsets.ISO_8859_1) : answer);
		}
		catch (RespException ex) {
			return CompletableFuture.failedStage(new RedisErrorException(String.valueOf(ex.getMessage())));
		}
	}

	private static <T> T join(CompletionStage<T> stage) {
		return stage.toCompletableFuture().join();
	}

	@Test
	void ticketIsTakenOnce() {
		join(this.tickets.put("t", "\u00fcser", TTL));
		assertThat(join(this.tickets.take("t"))).contains("\u00fcser");
		assertThat(join(this.tickets.take("t"))).isEmpty();
		assertThat(server.call("DBSIZE")).isEqualTo(0L);
	}

	@Test
	void ticketHasItsKeyAndItsTimeToLive() {
		join(this.tickets.put("t", "user", TTL));
		assertThat((Long) server.call("PTTL", "nx:ticket:t")).isBetween(20_000L, 30_000L);
	}

	@Test
	void ticketOfAnotherPrefixIsNotTaken() {
		join(this.tickets.put("t", "user", TTL));
		server.call("RENAME", "nx:ticket:t", "other:ticket:t");
		assertThat(join(this.tickets.take("t"))).isEmpty();
	}

	@Test
	void ticketThatIsThereIsNotReplaced() {
		join(this.tickets.put("t", "one", TTL));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> join(this.tickets.put("t", "two", TTL)))
			.withCauseInstanceOf(IllegalStateException.class);
		assertThat(join(this.tickets.take("t"))).contains("one");
	}

	@Test
	void contentIsChangedAndTheTimeToLiveIsNot() {
		join(this.tickets.put("t", "one", TTL));
		server.call("PEXPIRE", "nx:ticket:t", 10_000);
		join(this.tickets.replace("t", "two"));
		assertThat((Long) server.call("PTTL", "nx:ticket:t")).isBetween(1L, 10_000L);
		assertThat(join(this.tickets.take("t"))).contains("two");
	}

	@Test
	void contentOfATicketThatIsGoneIsNotKept() {
		join(this.tickets.replace("t", "two"));
		assertThat(join(this.tickets.take("t"))).isEmpty();
	}

	@Test
	void ticketIsRemoved() {
		join(this.tickets.put("t", "user", TTL));
		join(this.tickets.remove("t", TTL));
		assertThat(join(this.tickets.take("t"))).isEmpty();
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void removalIsTriedUntilItSucceeds() {
		join(this.tickets.put("t", "user", TTL));
		this.away = true;
		CompletionStage<Void> removal = this.tickets.remove("t", TTL);
		this.time.advance(Duration.ofSeconds(5));
		this.away = false;
		assertThat(removal.toCompletableFuture()).isNotDone();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(removal.toCompletableFuture()).isCompleted();
		assertThat(join(this.tickets.take("t"))).isEmpty();
	}

	@Test
	void removalEndsWhenTheTicketHasExpired() {
		this.away = true;
		CompletionStage<Void> removal = this.tickets.remove("t", TTL);
		this.time.advance(Duration.ofSeconds(28));
		assertThat(removal.toCompletableFuture()).isNotDone();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(removal.toCompletableFuture()).isCompletedExceptionally();
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void removalEndsWhenTheServerStops() {
		this.away = true;
		ManualTimeSource stopping = new ManualTimeSource() {
			@Override
			public Timer schedule(Runnable task, Duration delay) {
				task.run();
				return () -> {
				};
			}
		};
		assertThat(new RedisTickets(this::call, new RedisNames("nx"), stopping).remove("t", TTL).toCompletableFuture())
			.isCompletedExceptionally();
	}

	@Test
	void callFailsWithoutAConnection() {
		this.away = true;
		assertThat(this.tickets.put("t", "user", TTL).toCompletableFuture()).isCompletedExceptionally();
		assertThat(this.tickets.take("t").toCompletableFuture()).isCompletedExceptionally();
	}

}
