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

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The platform threads, except threads that the JDK, Reactor (boundedElastic-,
 * parallel-), the tools and the test clients start once and keep.
 *
 * @author Nexios Team
 */
final class PlatformThreads implements SharedState {

	private static final List<String> KEPT = List.of("Attach Listener", "boundedElastic-", "Cleaner-", "Common-Cleaner",
			"CompletableFutureDelayScheduler", "ForkJoinPool", "HttpClient-", "JFR ", "Keep-Alive-Timer",
			"MasterPoller", "UrlChecker-", "Poller", "Read-Poller", "Write-Poller", "VirtualThread-", "awaitility",
			"junit-", "parallel-", "process reaper", "raw-ws-watchdog", "surefire-");

	private static final List<String> SERVERS = List.of("nexios-ws-", "http-nio-", "Catalina-", "container-",
			"WebSocket background", "qtp", "Connector-Scheduler-", "Scheduler-", "Session-HouseKeeper-");

	private static final int FRAMES = 12;

	private final List<String> ignored;

	PlatformThreads() {
		this(KEPT);
	}

	private PlatformThreads(List<String> ignored) {
		this.ignored = ignored;
	}

	/**
	 * Create the state without the threads of servers.
	 * @return the state
	 */
	static PlatformThreads withoutServers() {
		return new PlatformThreads(Stream.concat(KEPT.stream(), SERVERS.stream()).toList());
	}

	@Override
	public Set<Thread> items() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> this.ignored.stream().noneMatch(thread.getName()::startsWith))
			.collect(Collectors.toSet());
	}

	@Override
	public boolean mayShrink() {
		return true;
	}

	@Override
	public String describe(Object item) {
		return item + Arrays.stream(((Thread) item).getStackTrace())
			.limit(FRAMES)
			.map((frame) -> "\n    at " + frame)
			.collect(Collectors.joining());
	}

}
