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

package io.nexios.ws.testsupport.redis;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RedisServer}, {@link RedisSentinel} and {@link RespClient}.
 *
 * @author Nexios Team
 */
@RequiresRedis
class RedisServerTests {

	@Test
	void clientReadsAllKindsOfAnswers() {
		try (RedisServer server = RedisServer.start(); RespClient client = server.connect()) {
			assertThat(client.call("SET", "key", new byte[] { 0, -1, '\r', '\n' })).isEqualTo("OK");
			assertThat(client.text("GET", "key")).isEqualTo("\0\u00ff\r\n");
			assertThat(client.text("GET", "missing")).isNull();
			assertThat(client.number("EXISTS", "key", "missing")).isEqualTo(1);
			assertThat(client.list("MGET", "key", "missing")).containsExactly("\0\u00ff\r\n", null);
			assertThatExceptionOfType(RespException.class).isThrownBy(() -> client.call("HGET", "key", "field"))
				.withMessageStartingWith("WRONGTYPE");
			assertThat(client.call("ECHO", RespClient.utf8("€"))).isEqualTo("\u00e2\u0082\u00ac");
			assertThat(client.map("CONFIG", "GET", "save")).containsOnlyKeys("save");
		}
	}

	@Test
	void clientSendsManyCommandsBeforeItReads() {
		try (RedisServer server = RedisServer.start(); RespClient client = server.connect()) {
			for (int i = 0; i < 100; i++) {
				client.send("INCR", "key");
			}
			for (long i = 1; i <= 100; i++) {
				assertThat(client.receive()).isEqualTo(i);
			}
		}
	}

	@Test
	void clientReceivesMessagesOfChannels() {
		try (RedisServer server = RedisServer.start(); RespClient client = server.connect()) {
			assertThat(client.list("SUBSCRIBE", "channel")).containsExactly("subscribe", "channel", 1L);
			server.call("PUBLISH", "channel", "hello");
			assertThat(RespClient.asList(client.receive())).containsExactly("message", "channel", "hello");
		}
	}

	@Test
	void killedServerRefusesAndStartsAgainOnTheSamePortWithWhatWasDurable() {
		try (RedisServer server = RedisServer.configure().durable().start()) {
			server.call("SET", "key", "value");
			int port = server.port();
			server.kill();
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(server::connect);
			server.startAgain();
			assertThat(server.port()).isEqualTo(port);
			assertThat(server.call("GET", "key")).isEqualTo("value");
			server.kill();
			server.startEmpty();
			assertThat(server.call("GET", "key")).isNull();
		}
	}

	@Test
	void restartedServerHasItsDataAndKilledOneHasNot() {
		try (RedisServer server = RedisServer.start()) {
			server.call("SET", "key", "value");
			server.restart();
			assertThat(server.call("GET", "key")).isEqualTo("value");
			server.kill();
			server.startEmpty();
			server.call("SET", "other", "value");
			server.kill();
			server.startAgain();
			assertThat(server.call("DBSIZE")).isEqualTo(0L);
		}
	}

	@Test
	void serverStartsFromAnOlderSnapshot() {
		try (RedisServer server = RedisServer.start()) {
			server.call("SET", "key", "old");
			byte[] snapshot = server.snapshot();
			server.call("SET", "key", "new");
			server.kill();
			server.startFrom(snapshot);
			assertThat(server.call("GET", "key")).isEqualTo("old");
		}
	}

	@Test
	void suspendedServerAnswersLater() {
		try (RedisServer server = RedisServer.start(); RespClient client = server.connect()) {
			server.suspend();
			client.send("PING");
			client.flush();
			server.resume();
			assertThat(client.receive()).isEqualTo("PONG");
			server.suspend();
			server.kill();
		}
	}

	@Test
	void optionsAreThoseOfTheServer() {
		try (RedisServer server = RedisServer.configure()
			.withMaxMemory("5mb", "noeviction")
			.with("appendonly", "yes")
			.withUser("node", "on >secret ~nx:* &nx:* -@all +ping +get")
			.start(); RespClient client = server.connect()) {
			assertThat(server.call("CONFIG", "GET", "maxmemory")).isEqualTo(List.of("maxmemory", "5242880"));
			assertThat(server.info("persistence")).containsEntry("aof_enabled", "1");
			assertThat(client.call("AUTH", "node", "secret")).isEqualTo("OK");
			assertThat(client.call("GET", "nx:key")).isNull();
			assertThatExceptionOfType(RespException.class).isThrownBy(() -> client.call("GET", "key"))
				.withMessageStartingWith("NOPERM");
		}
	}

	@Test
	void wrongOptionFailsTheStartAndShowsTheLog() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> RedisServer.configure().with("no-such-option", "1").start())
			.withMessageContaining("no-such-option");
	}

	@Test
	void clientsAreListedByTheirName() {
		try (RedisServer server = RedisServer.start(); RespClient client = server.connect()) {
			client.call("CLIENT", "SETNAME", "test-1");
			assertThat(server.clients("test-")).singleElement()
				.satisfies((fields) -> assertThat(fields).containsEntry("addr", "127.0.0.1:" + client.localPort()));
			assertThat(server.clients("other")).isEmpty();
		}
	}

	@Test
	void promotedReplicaAndItsFormerPrimaryGoOnApart() {
		try (RedisServer primary = RedisServer.start();
				RedisServer replica = RedisServer.configure().following(primary).start()) {
			primary.call("SET", "key", "both");
			replica.awaitInStepWith(primary);
			assertThat(replica.call("GET", "key")).isEqualTo("both");
			assertThatExceptionOfType(RespException.class).isThrownBy(() -> replica.call("SET", "key", "x"))
				.withMessageStartingWith("READONLY");
			replica.promote();
			primary.call("SET", "key", "primary");
			replica.call("SET", "key", "replica");
			assertThat(primary.call("GET", "key")).isEqualTo("primary");
			primary.follow(replica);
			assertThat(primary.call("GET", "key")).isEqualTo("replica");
		}
	}

	@Test
	void sentinelReplacesPrimaryThatHangs() {
		try (RedisServer primary = RedisServer.start();
				RedisServer replica = RedisServer.configure().following(primary).start();
				RedisSentinel sentinel = RedisSentinel.start(primary, Duration.ofSeconds(1), 1)) {
			assertThat(sentinel.primaryPort()).isEqualTo(primary.port());
			primary.suspend();
			sentinel.awaitPrimary(replica);
		}
	}

	@Test
	void sentinelLetsReplicaTakeOver() {
		try (RedisServer primary = RedisServer.start();
				RedisServer replica = RedisServer.configure().following(primary).start();
				RedisSentinel sentinel = RedisSentinel.start(primary, Duration.ofSeconds(5), 1)) {
			sentinel.failover();
			sentinel.awaitPrimary(replica);
			primary.awaitInfo("replication", "role", "slave"::equals);
		}
	}

}
