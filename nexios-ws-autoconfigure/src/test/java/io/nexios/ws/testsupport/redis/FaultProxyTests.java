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

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.nexios.ws.testsupport.redis.FaultProxy.Direction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FaultProxy}.
 *
 * @author Nexios Team
 */
class FaultProxyTests {

	private final List<Socket> clients = new ArrayList<>();

	private EchoServer server;

	private FaultProxy proxy;

	@BeforeEach
	void start() {
		this.server = new EchoServer();
		this.proxy = FaultProxy.to(this.server.port());
	}

	@AfterEach
	void stop() throws IOException {
		for (Socket client : this.clients) {
			client.close();
		}
		this.proxy.close();
		this.server.close();
	}

	@Test
	void proxyForwardsBothDirectionsUnchanged() throws IOException {
		byte[] bytes = new byte[3_000_000];
		new Random(1).nextBytes(bytes);
		Socket client = connect();
		Thread writer = new Thread(() -> write(client, bytes), "proxy-writer");
		writer.start();
		assertThat(client.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
		assertThat(connection(client).forwarded(Direction.TO_CLIENT)).isEqualTo(bytes.length);
		assertThat(connection(client).forwarded(Direction.TO_SERVER)).isEqualTo(bytes.length);
	}

	@Test
	void endOfOneSideIsForwardedAfterWhatWasSent() throws IOException {
		Socket client = connect();
		write(client, "bye");
		client.shutdownOutput();
		assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("bye");
		awaitEnding(0, "end");
		Awaitility.await().until(() -> this.proxy.connections().isEmpty());
	}

	@Test
	void cutResetsBothSidesOfAllConnections() throws IOException {
		Socket first = connect();
		Socket second = connect();
		expectEcho(first);
		expectEcho(second);
		this.proxy.cut();
		expectReset(first);
		expectReset(second);
		awaitEnding(0, "failure");
		awaitEnding(1, "failure");
		expectEcho(connect());
	}

	@Test
	void oneConnectionCanBeCut() throws IOException {
		Socket first = connect();
		Socket second = connect();
		expectEcho(first);
		expectEcho(second);
		connection(first).cut();
		expectReset(first);
		expectEcho(second);
	}

	@Test
	void connectionIsFoundByThePortThatTheServerKnows() throws IOException {
		Socket first = connect();
		expectEcho(first);
		Socket second = connect();
		expectEcho(second);
		this.proxy.connection(this.server.sessions().get(1).port()).cut();
		expectReset(second);
		expectEcho(first);
	}

	@Test
	void refusedConnectionFailsAndOpenOnesStay() throws IOException {
		Socket open = connect();
		expectEcho(open);
		this.proxy.refuse();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
		expectEcho(open);
		this.proxy.accept();
		expectEcho(connect());
	}

	@Test
	void clientOfMissingServerIsReset() throws IOException {
		this.server.close();
		expectReset(connect());
	}

	@Test
	void newConnectionsGoToTheNewTarget() throws IOException {
		Socket old = connect();
		expectEcho(old);
		try (EchoServer other = new EchoServer()) {
			this.proxy.target(other.port());
			expectEcho(connect());
			assertThat(other.sessions()).hasSize(1);
			expectEcho(old);
		}
	}

	@ParameterizedTest
	@EnumSource
	void heldDirectionForwardsNothingAndLosesNothing(Direction direction) throws IOException {
		Socket client = connect();
		expectEcho(client);
		this.proxy.hold(direction);
		write(client, "held");
		expectSilence(client);
		assertThat(connection(client).forwarded(direction)).isEqualTo(5);
		if (direction == Direction.TO_CLIENT) {
			Awaitility.await().until(() -> this.server.sessions().get(0).received() == 9);
		}
		this.proxy.release(direction);
		assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("held");
	}

	@ParameterizedTest
	@EnumSource
	void holdingOneConnectionLeavesTheOthers(Direction direction) throws IOException {
		Socket held = connect();
		Socket other = connect();
		expectEcho(held);
		expectEcho(other);
		ProxiedConnection connection = connection(held);
		connection.hold(direction);
		write(held, "held");
		expectEcho(other);
		expectSilence(held);
		connection.release(direction);
		assertThat(held.getInputStream().readNBytes(4)).asString().isEqualTo("held");
	}

	@Test
	void newConnectionIsHeldToo() throws IOException {
		this.proxy.hold(Direction.TO_SERVER);
		Socket client = connect();
		write(client, "held");
		expectSilence(client);
		this.proxy.heal();
		assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("held");
	}

	@Test
	void cutReachesHeldConnectionAndWhatWasHeldIsLost() throws IOException {
		Socket client = connect();
		expectEcho(client);
		this.proxy.hold(Direction.TO_SERVER);
		write(client, "lost");
		this.proxy.cut();
		this.proxy.heal();
		expectReset(client);
		awaitEnding(0, "failure");
		assertThat(this.server.sessions().get(0).received()).isEqualTo(5);
	}

	@ParameterizedTest
	@EnumSource
	void delayedBytesComeLaterAndInOrder(Direction direction) throws IOException {
		Socket client = connect();
		expectEcho(client);
		this.proxy.delay(direction, Duration.ofMillis(200));
		long start = System.nanoTime();
		write(client, "one");
		write(client, "two");
		assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("onetwo");
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
	}

	@ParameterizedTest
	@EnumSource
	void throttledBytesComeSlowly(Direction direction) throws IOException {
		Socket client = connect();
		expectEcho(client);
		this.proxy.throttle(direction, 10_000);
		long start = System.nanoTime();
		byte[] bytes = new byte[2_000];
		write(client, bytes);
		assertThat(client.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
		// The last 100 bytes are not waited for
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(190).toNanos());
		this.proxy.heal();
		expectEcho(client);
	}

	@Test
	void connectionIsCutAfterSomeBytesToTheServer() throws IOException {
		Socket client = connect();
		expectEcho(client);
		connection(client).cutAfter(Direction.TO_SERVER, 3);
		write(client, "abcdef");
		expectResetAfter(client, 3);
		awaitEnding(0, "failure");
		assertThat(this.server.sessions().get(0).received()).isEqualTo(8);
		expectEcho(connect());
	}

	@Test
	void connectionIsCutAfterSomeBytesToTheClient() throws IOException {
		Socket client = connect();
		expectEcho(client);
		connection(client).cutAfter(Direction.TO_CLIENT, 3);
		write(client, "abcdef");
		assertThat(client.getInputStream().readNBytes(3)).asString().isEqualTo("abc");
		expectReset(client);
		assertThat(this.server.sessions().get(0).received()).isEqualTo(11);
	}

	@Test
	void allConnectionsAreCutAfterSomeBytesOfAny() throws IOException {
		Socket first = connect();
		Socket second = connect();
		expectEcho(first);
		expectEcho(second);
		this.proxy.cutAfter(Direction.TO_CLIENT, 7);
		expectEcho(first);
		write(second, "abcdef");
		assertThat(second.getInputStream().readNBytes(2)).asString().isEqualTo("ab");
		expectReset(first);
		expectReset(second);
		expectEcho(connect());
	}

	@Test
	void closedProxyResetsItsConnectionsAndRefuses() throws IOException {
		Socket client = connect();
		expectEcho(client);
		this.proxy.close();
		expectReset(client);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
	}

	private Socket connect() throws IOException {
		Socket client = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port());
		this.clients.add(client);
		client.setTcpNoDelay(true);
		client.setSoTimeout(30_000);
		return client;
	}

	private ProxiedConnection connection(Socket client) {
		int index = this.clients.indexOf(client);
		return this.proxy.connections().get(index);
	}

	private static void write(Socket client, String text) {
		write(client, text.getBytes(StandardCharsets.US_ASCII));
	}

	private static void write(Socket client, byte[] bytes) {
		try {
			client.getOutputStream().write(bytes);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void expectEcho(Socket client) throws IOException {
		write(client, "hello");
		assertThat(client.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
	}

	private static void expectSilence(Socket client) throws IOException {
		client.setSoTimeout(100);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> client.getInputStream().read());
		client.setSoTimeout(30_000);
	}

	private static void expectReset(Socket client) {
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> client.getInputStream().read())
			.withMessageContaining("reset");
	}

	/**
	 * Expect a reset, before which some of the answer may have come.
	 */
	private static void expectResetAfter(Socket client, int most) {
		byte[] read = new byte[most + 1];
		assertThatExceptionOfType(SocketException.class)
			.isThrownBy(() -> client.getInputStream().readNBytes(read, 0, read.length))
			.withMessageContaining("reset");
		assertThat(Arrays.copyOf(read, most)).satisfiesAnyOf((bytes) -> assertThat(bytes).containsOnly(0),
				(bytes) -> assertThat(bytes).asString().startsWith("a"));
	}

	private void awaitEnding(int session, String ending) {
		Awaitility.await().until(() -> this.server.sessions().get(session).ending().equals(ending));
	}

}
