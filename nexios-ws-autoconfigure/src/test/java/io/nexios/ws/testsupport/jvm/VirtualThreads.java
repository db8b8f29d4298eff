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

package io.nexios.ws.testsupport.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import javax.management.JMException;
import javax.management.ObjectName;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * The running and waiting virtual threads, if the JDK has virtual threads. Only a thread
 * dump shows them.
 *
 * @author Nexios Team
 */
final class VirtualThreads implements SharedState {

	/** Available from JDK 21 on. */
	private static final @Nullable Method DUMP = Arrays.stream(HotSpotDiagnosticMXBean.class.getMethods())
		.filter((method) -> method.getName().equals("dumpThreads"))
		.findFirst()
		.orElse(null);

	/** The permanent threads with which the JDK waits for sockets. */
	private static final String JDK = "Poller-";

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(1);

	// Available from JDK 24 on
	private final @Nullable ObjectName scheduler = scheduler();

	private final HotSpotDiagnosticMXBean diagnostics = ManagementFactory
		.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

	@Override
	public Set<String> items() {
		return (DUMP != null) ? dump(DUMP) : Set.of();
	}

	private Set<String> dump(Method method) {
		awaitIdleScheduler();
		Object text = method.getParameterTypes()[1].getEnumConstants()[0];
		try {
			Path directory = Files.createTempDirectory("threads");
			Path file = directory.resolve("dump.txt");
			ReflectionUtils.invokeMethod(method, this.diagnostics, file.toString(), text);
			Set<String> threads = virtualThreads(file);
			Files.delete(file);
			Files.delete(directory);
			return threads;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait until no virtual thread is running, for a while. JDK 25 crashes if a virtual
	 * thread begins or ends at the moment of a dump.
	 */
	private void awaitIdleScheduler() {
		long end = System.nanoTime() + LONGEST_WAIT.toNanos();
		while (!isIdle() && System.nanoTime() - end < 0) {
			LockSupport.parkNanos(POLL_INTERVAL.toNanos());
		}
	}

	private boolean isIdle() {
		return this.scheduler == null || (count("MountedVirtualThreadCount") + count("QueuedVirtualThreadCount") == 0);
	}

	private long count(String attribute) {
		try {
			Object value = ManagementFactory.getPlatformMBeanServer().getAttribute(this.scheduler, attribute);
			return ((Number) value).longValue();
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable ObjectName scheduler() {
		try {
			ObjectName name = new ObjectName("jdk.management:type=VirtualThreadScheduler");
			return ManagementFactory.getPlatformMBeanServer().isRegistered(name) ? name : null;
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Set<String> virtualThreads(Path dump) throws IOException {
		return Files.readAllLines(dump)
			.stream()
			.filter((line) -> line.startsWith("#") && line.contains("\" virtual") && !line.contains(JDK))
			.map((line) -> line.substring(0, line.lastIndexOf("\" virtual") + "\" virtual".length()))
			.collect(Collectors.toSet());
	}

	@Override
	public boolean mayShrink() {
		return true;
	}

	@Override
	public String describe(Object item) {
		return "Thread " + item;
	}

}
