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

package io.nexios.ws.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A work for the load generator, with its options.
 *
 * @param work the work
 * @param options its options, except those for the server
 * @author Nexios Team
 */
public record Load(String work, List<String> options) {

	static Load echo(int connections, int inFlight, int size, int warmUp, int seconds) {
		return of("echo", "-c", connections, "-P", inFlight, "-s", size, "-w", warmUp, "-d", seconds);
	}

	public static Load group(int members, int inFlight, int size, int warmUp, int seconds) {
		return of("fanout", "-c", members, "-P", inFlight, "-s", size, "-w", warmUp, "-d", seconds);
	}

	public static Load group(int members, int stalled, int rate, int size, int warmUp, int seconds) {
		return of("fanout", "-c", members, "-n", stalled, "-r", rate, "-s", size, "-w", warmUp, "-d", seconds);
	}

	static Load connect(int atOnce, int warmUp, int seconds) {
		return of("connect", "-c", atOnce, "-w", warmUp, "-d", seconds);
	}

	public static Load idle(int connections, int seconds) {
		return of("idle", "-c", connections, "-d", seconds);
	}

	private static Load of(String work, Object... options) {
		List<String> strings = new ArrayList<>();
		for (Object option : options) {
			strings.add(String.valueOf(option));
		}
		return new Load(work, strings);
	}

	/**
	 * Let the publisher of a group use another server. It is not a member there.
	 * @param port the port of the server
	 * @param path the path to which it publishes
	 * @return the load
	 */
	public Load publishingTo(int port, String path) {
		List<String> all = new ArrayList<>(this.options);
		all.addAll(List.of("-q", String.valueOf(port), "-U", path));
		return new Load(this.work, all);
	}

}
