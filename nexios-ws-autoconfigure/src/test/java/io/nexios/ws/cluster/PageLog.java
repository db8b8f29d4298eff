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

package io.nexios.ws.cluster;

import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.broker.Position;

/**
 * What a page has received, over all its connections, in order.
 *
 * @author Nexios Team
 */
final class PageLog {

	private final List<Entry> entries = new ArrayList<>();

	private final String name;

	PageLog(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	synchronized void add(Entry entry) {
		this.entries.add(entry);
	}

	synchronized List<Entry> entries() {
		return List.copyOf(this.entries);
	}

	synchronized boolean has(String writer, int number) {
		return this.entries.stream()
			.anyMatch((entry) -> entry instanceof Message message && message.writer().equals(writer)
					&& message.number() == number);
	}

	/**
	 * Return the joins after the first one.
	 * @return the joins
	 */
	List<Joined> resumes() {
		return entries().stream().filter(Joined.class::isInstance).map(Joined.class::cast).skip(1).toList();
	}

	List<Lost> losses() {
		return entries().stream().filter(Lost.class::isInstance).map(Lost.class::cast).toList();
	}

	/**
	 * What a page receives.
	 */
	sealed interface Entry {

		/**
		 * Return the position that the page is at after this.
		 * @return the position
		 */
		Position position();

	}

	/**
	 * The page has joined.
	 *
	 * @param recovered whether the page goes on where it was
	 * @param position the position
	 */
	record Joined(boolean recovered, Position position) implements Entry {

	}

	/**
	 * A message.
	 *
	 * @param position the position
	 * @param writer who has sent it
	 * @param number its number among those of the writer
	 */
	record Message(Position position, String writer, int number) implements Entry {

	}

	/**
	 * Messages are missing.
	 *
	 * @param reason why
	 * @param position the position
	 */
	record Lost(String reason, Position position) implements Entry {

	}

}
