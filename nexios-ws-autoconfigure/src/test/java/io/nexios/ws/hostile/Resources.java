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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The resources of the server while only the {@link Bystander} is connected: connections,
 * sockets, threads that serve a client, and heap.
 *
 * @author Nexios Team
 */
final class Resources {

	/** Longer than any connection may take to be given up. */
	private static final Duration PATIENCE = Duration.ofSeconds(25);

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private static final List<String> SERVING = List.of("org.apache.coyote.http11.", "org.apache.tomcat.websocket.",
			"org.eclipse.jetty.websocket.", "org.eclipse.jetty.ee11.websocket.", "org.springframework.web.",
			"io.nexios.ws.server.");

	private static final String TOMCAT_BACKGROUND = "WebSocket background processing";

	private final OpenConnections connections;

	private final Bystander bystander;

	private Held baseline;

	private final long heap;

	Resources(OpenConnections connections, Bystander bystander) {
		this.connections = connections;
		this.bystander = bystander;
		bystander.verify();
		int handlers = (Runtime.version().feature() < 21) ? 1 : 0;
		this.baseline = Awaitility.await("nobody but the bystander")
			.atMost(PATIENCE)
			.until(this::held, (held) -> held.connections() == 1 && held.serving().size() == handlers);
		this.heap = usedHeap();
	}

	void awaitBaseline() {
		Awaitility.await("the resources of the attack to be given back")
			.atMost(PATIENCE)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(10))
			.untilAsserted(() -> verifyBaseline(held()));
	}

	private void verifyBaseline(Held held) {
		assertThat(held.connections()).as("Connections").isEqualTo(this.baseline.connections());
		assertThat(held.serving()).as("Threads that serve").isEqualTo(this.baseline.serving());
		assertThat(held.sockets()).as("Sockets").isLessThanOrEqualTo(this.baseline.sockets());
		// The server before this one may have been closing its own
		this.baseline = held;
	}

	/**
	 * Expect little heap to be in use soon. Nothing is collected while a message is being
	 * inflated.
	 * @param bytes what may be in use in addition to the beginning
	 */
	void verifyHeapHasNotGrownBy(long bytes) {
		Awaitility.await("the heap to be free")
			.atMost(PATIENCE)
			.pollDelay(Duration.ZERO)
			.untilAsserted(() -> assertThat(usedHeap() - this.heap).as("Growth of the heap").isLessThan(bytes));
	}

	/**
	 * Wait until the server has closed all sockets but that of the bystander.
	 * @param clients how many sockets the clients have still open
	 */
	void awaitGivenUp(int clients) {
		Awaitility.await("the server to give up " + clients + " peers")
			.atMost(PATIENCE)
			.until(() -> held().sockets() <= this.baseline.sockets() + clients);
	}

	private Held held() {
		return this.bystander.whileSilent(() -> new Held(this.connections.count(), sockets(), serving()));
	}

	private static long usedHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * Count the sockets of the process. Files are not counted: classes that are loaded
	 * during an attack open archives.
	 * @return the number, or 0 where the system does not tell
	 */
	private static long sockets() {
		if (!Files.exists(DESCRIPTORS)) {
			return 0;
		}
		try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
			return descriptors.filter(Resources::isSocket).count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isSocket(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static List<String> serving() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> isServing(thread.getValue()))
			.map(Map.Entry::getKey)
			.map(Thread::getName)
			.filter((name) -> !name.equals(TOMCAT_BACKGROUND))
			.sorted()
			.toList();
	}

	private static boolean isServing(StackTraceElement[] stack) {
		return Arrays.stream(stack)
			.map(StackTraceElement::getClassName)
			.anyMatch((name) -> SERVING.stream().anyMatch(name::startsWith));
	}

	/**
	 * What is held at a moment.
	 *
	 * @param connections open connections
	 * @param sockets sockets of the process
	 * @param serving names of the platform threads that serve somebody
	 */
	private record Held(int connections, long sockets, List<String> serving) {

	}

}
