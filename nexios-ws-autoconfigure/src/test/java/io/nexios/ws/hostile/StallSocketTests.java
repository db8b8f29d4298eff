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

package io.nexios.ws.hostile;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.sun.management.OperatingSystemMXBean;
import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.Flood;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.Signal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that start something and never continue, and peers that vanish.
 *
 * @author Nexios Team
 */
class StallSocketTests {

	private static final Duration PATIENCE = Duration.ofSeconds(25);

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer().with("nexios.ws.outbound.max-age=2s",
			"nexios.ws.accept-timeout=2s", "server.tomcat.connection-timeout=3s",
			"server.jetty.connection-idle-timeout=3s");

	private final List<RawWs> clients = new ArrayList<>();

	@AfterEach
	void abortAll() {
		this.clients.forEach(RawWs::abort);
	}

	private void attack(int times, Supplier<RawWs> client) {
		for (int i = 0; i < times; i++) {
			this.clients.add(client.get());
		}
	}

	@Test
	void thousandHandshakesThatAreNeverFinishedHoldUpNobody() {
		byte[] request = server.handshake().toBytes();
		AtomicInteger sent = new AtomicInteger();
		attack(1_000, () -> {
			RawWs client = server.handshake().connectOnly();
			byte[] part = new byte[sent.getAndIncrement() % request.length];
			System.arraycopy(request, 0, part, 0, part.length);
			client.sendRaw(part);
			return client;
		});
		server.verifyOthersAreServed();
		this.clients.forEach((client) -> assertThat(client.statusOrEnd()).isIn(0, 400, 408));
	}

	@Test
	void handshakeOfOneByteAtATimeHoldsUpNobody() {
		server.serveEcho();
		byte[] request = server.handshake().toBytes();
		attack(50, () -> server.handshake().connectOnly());
		for (byte next : request) {
			this.clients.forEach((client) -> client.sendRaw(new byte[] { next }));
		}
		server.verifyOthersAreServed();
		this.clients.forEach((client) -> assertThat(client.status()).isEqualTo(101));
	}

	/**
	 * Each holds a thread of the container for as long as its handler may take.
	 */
	@Test
	void handshakesThatAreNotDecidedAreGivenUp() {
		server.serve((ws) -> ws.closed().toCompletableFuture().join());
		attack(50, () -> server.handshake().send());
		server.verifyOthersAreServed();
		this.clients.forEach((client) -> assertThat(client.status()).isEqualTo(503));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0081", "\u0081\u0085", "\u0081\u0085\u0001\u0002",
			"\u0081\u0085\u0001\u0002\u0003\u0004ab", "\u0081\u00fe\u0001", "\u0082\u00ff\0\0\0",
			"\u0001\u0080\u0001\u0002\u0003\u0004", "\u0088", "\u0089\u00fd\u0001" })
	void framesThatAreNeverFinishedHoldUpNobody(String begin) {
		server.serveEcho();
		attack(20, () -> {
			RawWs client = server.connect();
			client.sendRaw(begin.getBytes(StandardCharsets.ISO_8859_1));
			return client;
		});
		server.verifyOthersAreServed();
	}

	@Test
	void peersThatNeverReadAreGivenUp() {
		AtomicInteger ended = new AtomicInteger();
		server.serve((ws) -> {
			ws.accept();
			try {
				while (true) {
					ws.sendBytes(new byte[64 * 1024]);
				}
			}
			finally {
				ended.incrementAndGet();
			}
		});
		attack(30, () -> server.handshake().receiveBuffer(4096).connect());
		server.verifyOthersAreServed();
		Awaitility.await().atMost(PATIENCE).until(() -> ended.get() == 30);
		server.awaitGivenUp(30);
		server.verifyOthersAreServed();
	}

	/**
	 * It takes processor time to wait in a loop, and none to wait.
	 */
	@Test
	void closesThatAreNeverAnsweredAreGivenUpWithoutEffort() {
		server.serve((ws) -> {
			ws.accept();
			ws.close(4000, "enough");
		});
		attack(100, server::connect);
		long before = processorTime();
		server.awaitGivenUp(100);
		assertThat(Duration.ofNanos(processorTime() - before)).isLessThan(Duration.ofSeconds(6));
		server.verifyOthersAreServed();
	}

	/**
	 * Return the processor time of this process, without the time for compiling code.
	 * @return the time in nanoseconds
	 */
	private static long processorTime() {
		long compiling = TimeUnit.MILLISECONDS
			.toNanos(ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() - compiling;
	}

	@Test
	void closesThatAreNeitherReadNorAnsweredAreGivenUp() {
		server.serve((ws) -> {
			ws.accept();
			for (int i = 0; i < 4; i++) {
				ws.sendBytes(new byte[1 << 20]);
			}
			ws.close(4000, "enough");
		});
		attack(50, () -> server.handshake().receiveBuffer(4096).connect());
		server.awaitGivenUp(50);
		server.verifyOthersAreServed();
	}

	@Test
	void resetsOfUndecidedHandshakesLeaveNothingBehind() {
		Signal go = new Signal();
		server.serve((ws) -> {
			go.await();
			ws.accept();
			ws.messages().forEach(ws::send);
		});
		attack(20, () -> server.handshake().send());
		server.verifyOthersAreServed();
		abortAll();
		go.fire();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 20, 150 })
	void resetsWithinTheRequestLeaveNothingBehind(int length) {
		attack(50, () -> {
			RawWs client = server.handshake().connectOnly();
			client.sendRaw(Arrays.copyOf(server.handshake().toBytes(), length));
			client.abort();
			return client;
		});
	}

	@Test
	void resetsWhileServerSendsLeaveNothingBehind() {
		AtomicInteger sent = new AtomicInteger();
		server.serve((ws) -> {
			ws.accept();
			while (true) {
				ws.sendBytes(new byte[16 * 1024]);
				sent.incrementAndGet();
			}
		});
		attack(20, () -> server.handshake().receiveBuffer(4096).connect());
		Flood.awaitHalt(sent);
	}

	@Test
	void resetsWhileServerReadsLeaveNothingBehind() {
		server.serveEcho();
		attack(50, () -> {
			RawWs client = server.connect();
			client.send(RawFrame.text("begin").notFinal(), RawFrame.ping("p"), RawFrame.continuation("x"),
					RawFrame.binary(new byte[50_000]).declaring(60_000));
			return client;
		});
	}

	@Test
	void resetsWithinTheCloseLeaveNothingBehind() {
		server.serve((ws) -> {
			ws.accept();
			ws.receiveText();
			ws.close();
		});
		attack(50, () -> {
			RawWs client = server.connect();
			client.send(RawFrame.text("close!"), RawFrame.close());
			return client;
		});
	}

	@Test
	void resetsBehindTheCloseOfTheServerLeaveNothingBehind() {
		server.serve(WebSocket::accept);
		attack(50, () -> {
			RawWs client = server.connect();
			client.expectClose(1000);
			return client;
		});
	}

}
