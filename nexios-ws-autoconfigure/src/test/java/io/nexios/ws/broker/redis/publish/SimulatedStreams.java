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

package io.nexios.ws.broker.redis.publish;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nexios.ws.testsupport.redis.FakeConnection;
import io.nexios.ws.testsupport.redis.FakeConnection.Call;
import org.jspecify.annotations.Nullable;

/**
 * A Redis that executes what was written on a connection when a test says so, also after
 * the connection has ended, and answers when a test says so.
 *
 * @author Nexios Team
 */
final class SimulatedStreams {

	/** The numbers of the saved messages of each stream, in the order of the stream. */
	final Map<String, List<Integer>> streams = new HashMap<>();

	/** The numbers of the messages that were published without being saved. */
	final List<Integer> published = new ArrayList<>();

	private final Map<String, Long> last = new HashMap<>();

	/** The error of each script, or an empty string. */
	String error = "";

	private Object execute(Call call) {
		return switch (call.request().command()) {
			case "EVALSHA" -> save(call);
			case "PUBLISH" -> {
				this.published.add(number(call, 1));
				yield (this.published.size() % 2 == 0) ? 0L : 1L;
			}
			default -> 1L;
		};
	}

	private Object save(Call call) {
		if (!this.error.isEmpty()) {
			return this.error;
		}
		String stream = call.text(3);
		long sequence = Long.parseLong(call.text(7));
		long last = this.last.getOrDefault(stream, 0L);
		if (!call.text(14).isEmpty() && last < Long.parseLong(call.text(14))) {
			return List.of(-2L, 1L);
		}
		if (sequence <= last) {
			return List.of(-1L, 1L);
		}
		this.last.put(stream, sequence);
		List<Integer> messages = this.streams.computeIfAbsent(stream, (name) -> new ArrayList<>());
		messages.add(number(call, 5));
		return List.of((long) messages.size(), 1L);
	}

	private static int number(Call call, int argument) {
		String text = new String(call.request().arguments().get(argument), StandardCharsets.ISO_8859_1);
		return Integer.parseInt(text.substring(text.lastIndexOf('#') + 1));
	}

	/**
	 * A connection of which some requests were executed, and fewer were answered.
	 */
	final class Connection extends FakeConnection {

		private final List<@Nullable Object> answers = new ArrayList<>();

		private int answered;

		/**
		 * Execute the next request that was written.
		 * @return whether there was one
		 */
		boolean execute() {
			List<Call> written = written();
			if (this.answers.size() == written.size()) {
				return false;
			}
			this.answers.add(SimulatedStreams.this.execute(written.get(this.answers.size())));
			return true;
		}

		/**
		 * Let the next answer arrive.
		 * @return whether there was one
		 */
		boolean answer() {
			if (this.answered == this.answers.size() || !reason().isEmpty()) {
				return false;
			}
			Call call = written().get(this.answered);
			Object answer = this.answers.get(this.answered++);
			if (answer instanceof String failure) {
				call.fail(failure);
			}
			else {
				call.complete(answer);
			}
			return true;
		}

	}

}
