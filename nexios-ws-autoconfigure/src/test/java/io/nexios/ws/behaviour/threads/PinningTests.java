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

package io.nexios.ws.behaviour.threads;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.nexios.ws.WSRouter;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelBox;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Virtual threads that wait for a peer hold no carrier. This is guaranteed from JDK 24
 * on, where monitors no longer pin.
 *
 * @author Nexios Team
 */
@EnabledForJreRange(min = JRE.JAVA_24)
class PinningTests {

	private static final String EVENT = "jdk.VirtualThreadPinned";

	private static final int MESSAGES = 200;

	@RegisterExtension
	static final SocketServer server = new SocketServer(PinningConfiguration.class).with(
			"spring.threads.virtual.enabled=true", "nexios.ws.outbound.max-age=1s",
			"nexios.ws.outbound.max-bytes=256KB");

	private static final Semaphore stalled = new Semaphore(0);

	@TempDir
	private Path directory;

	@Test
	void recordingTellsOfAPinnedThread() throws Exception {
		CountDownLatch pinned = new CountDownLatch(1);
		List<RecordedEvent> events = record(() -> {
			new VirtualThreadTaskExecutor("test-").execute(() -> {
				ParkedInitializer.touch();
				pinned.countDown();
			});
			assertThat(pinned.await(10, TimeUnit.SECONDS)).isTrue();
		});
		assertThat(events).isNotEmpty();
	}

	@Test
	void neitherReceivingNorSendingPins() throws Exception {
		// Loading and initializing a class pins once
		exchange();
		assertThat(record(this::exchange)).filteredOn(PinningTests::isOurs).isEmpty();
	}

	private static boolean isOurs(RecordedEvent event) {
		return event.getStackTrace() != null && event.getStackTrace()
			.getFrames()
			.stream()
			.anyMatch((frame) -> frame.getMethod().getType().getName().startsWith("io.nexios.ws.server")
					|| frame.getMethod().getType().getName().startsWith("org.apache.tomcat"));
	}

	private List<RecordedEvent> record(Exchange exchange) throws Exception {
		Path file = this.directory.resolve("pinned.jfr");
		try (Recording recording = new Recording()) {
			recording.enable(EVENT).withThreshold(Duration.ZERO).withStackTrace();
			recording.start();
			exchange.run();
			recording.stop();
			recording.dump(file);
		}
		return read(file);
	}

	private static List<RecordedEvent> read(Path file) throws IOException {
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(EVENT))
			.filter(PinningTests::isNotClassLoading)
			.toList();
	}

	// The first use of a class may have to wait for another thread that loads it
	private static boolean isNotClassLoading(RecordedEvent event) {
		return !event.getString("blockingOperation").equals("Contended monitor enter")
				&& !event.getString("pinnedReason").startsWith("Waited for initialization");
	}

	private void exchange() throws Exception {
		try (RawWs flooded = server.handshake("/flood").receiveBuffer(4096).connect();
				RawWs member = server.handshake("/group").receiveBuffer(4096).connect();
				RawWs publisher = server.connect("/group");
				RawWs client = server.connect("/echo")) {
			String text = "x".repeat(8 * 1024);
			for (int i = 0; i < MESSAGES; i++) {
				client.sendText(text);
				client.expectText(text);
				publisher.sendText(text);
				publisher.expectText(text);
			}
			assertThat(stalled.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
		}
	}

	/**
	 * What is recorded.
	 */
	private interface Exchange {

		void run() throws Exception;

	}

	/**
	 * A class whose initializer waits on a virtual thread, which no JDK can unmount.
	 */
	private static final class ParkedInitializer {

		static {
			LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
		}

		private ParkedInitializer() {
		}

		static void touch() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PinningConfiguration {

		@Bean
		WSRouter pinningRouter(ChannelBox channels) {
			return new WSRouter().addWsRoute("/echo", (ws) -> {
				ws.accept();
				ws.texts().forEach(ws::sendText);
			}).addWsRoute("/group", (ws) -> {
				ws.accept();
				channels.addChannelToGroup(Channel.builder(ws).payloadType(PayloadType.TEXT).build(), "g");
				ws.texts().forEach((text) -> channels.groupSend("g", text));
			}).addWsRoute("/flood", (ws) -> {
				ws.accept();
				byte[] bytes = new byte[64 * 1024];
				try {
					while (true) {
						ws.sendBytes(bytes);
					}
				}
				finally {
					stalled.release();
				}
			});
		}

	}

}
