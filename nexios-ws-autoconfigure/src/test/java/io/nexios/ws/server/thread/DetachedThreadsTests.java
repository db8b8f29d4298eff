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

package io.nexios.ws.server.thread;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DetachedThreads}.
 *
 * @author Nexios Team
 */
class DetachedThreadsTests {

	private static final InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();

	static Stream<ThreadFactory> factories() {
		ThreadFactory platform = DetachedThreads.platform("test-");
		return (Runtime.version().feature() >= 21) ? Stream.of(platform, DetachedThreads.virtual("test-"))
				: Stream.of(platform);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void threadInheritsNoThreadLocals(ThreadFactory factory) throws Exception {
		inherited.set("tenant");
		try {
			CompletableFuture<List<String>> seen = new CompletableFuture<>();
			factory.newThread(() -> seen.complete(Stream.ofNullable(inherited.get()).toList())).start();
			assertThat(seen.get(10, TimeUnit.SECONDS)).isEmpty();
		}
		finally {
			inherited.remove();
		}
	}

	@ParameterizedTest
	@MethodSource("factories")
	void threadHasTheContextClassLoaderOfTheOneThatAsks(ThreadFactory factory) throws Exception {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader own = new URLClassLoader(new URL[0], before)) {
			Thread.currentThread().setContextClassLoader(own);
			CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
			factory.newThread(() -> seen.complete(Thread.currentThread().getContextClassLoader())).start();
			assertThat(seen.get(10, TimeUnit.SECONDS)).isSameAs(own);
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	@ParameterizedTest
	@MethodSource("factories")
	void threadIsADaemonOfTheNormalPriority(ThreadFactory factory) {
		Thread thread = factory.newThread(() -> {
		});
		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
		assertThat(thread.getName()).startsWith("test-");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsAreVirtual() throws Exception {
		CompletableFuture<Boolean> virtual = new CompletableFuture<>();
		DetachedThreads.virtual("test-").newThread(() -> virtual.complete(ServerThreads.isCurrentVirtual())).start();
		assertThat(virtual.get(10, TimeUnit.SECONDS)).isTrue();
	}

}
