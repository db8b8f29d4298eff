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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

import io.nexios.ws.broker.Position;
import io.nexios.ws.cluster.PageLog.Entry;
import io.nexios.ws.cluster.PageLog.Joined;
import io.nexios.ws.cluster.PageLog.Lost;
import io.nexios.ws.cluster.PageLog.Message;
import io.nexios.ws.cluster.WriterLog.Outcome;

/**
 * Finds out whether the pages of a room have received what they should.
 * <p>
 * The log of a page consists of runs. A new run begins where the page has joined without
 * recovery, or where it was told of a loss. Within a run nothing may be missing, nothing
 * may come twice, and the messages of each writer come in their order.
 *
 * @author Nexios Team
 */
final class RoomCheck {

	private final List<String> violations = new ArrayList<>();

	private final List<List<Run>> runs = new ArrayList<>();

	private final Map<Position, String> places = new HashMap<>();

	private RoomCheck() {
	}

	/**
	 * Check a room after all pages have received the last message of each writer.
	 * @param pages the logs of the pages
	 * @param writers the logs of the writers
	 * @return what is wrong
	 */
	static List<String> violations(List<PageLog> pages, List<WriterLog> writers) {
		RoomCheck check = new RoomCheck();
		pages.forEach(check::read);
		writers.forEach(check::compare);
		return check.violations;
	}

	private void read(PageLog page) {
		List<Run> runs = new ArrayList<>();
		Run run = null;
		for (Entry entry : page.entries()) {
			boolean begins = entry instanceof Lost || (entry instanceof Joined joined && !joined.recovered());
			if (run == null || begins) {
				run = new Run(page.name(), entry.position());
				runs.add(run);
			}
			else if (entry instanceof Message message) {
				add(run, message);
			}
			else if (!entry.position().equals(run.last)) {
				this.violations.add(run.page + " resumed from another position than " + run.last);
			}
		}
		this.runs.add(runs);
	}

	private void add(Run run, Message message) {
		Position position = message.position();
		if (position.epoch() != run.last.epoch() || position.offset() != run.last.offset() + 1) {
			this.violations.add(run.page + " received " + message + " after " + run.last);
		}
		String text = message.writer() + message.number();
		String known = this.places.putIfAbsent(position, text);
		if (known != null && !known.equals(text)) {
			this.violations.add("There are two messages at " + position + ": " + known + " and " + text);
		}
		List<Integer> numbers = run.numbers.computeIfAbsent(message.writer(), (writer) -> new ArrayList<>());
		if (!numbers.isEmpty() && numbers.get(numbers.size() - 1) >= message.number()) {
			this.violations.add(run.page + " received " + message + " too late or twice");
		}
		numbers.add(message.number());
		run.last = position;
	}

	private void compare(WriterLog writer) {
		SortedSet<Integer> accepted = writer.with(Outcome.ACCEPTED);
		Set<Integer> received = new HashSet<>();
		for (List<Run> page : this.runs) {
			for (Run run : page) {
				List<Integer> numbers = run.numbers.getOrDefault(writer.name(), List.of());
				received.addAll(numbers);
				expectAll(run, numbers, accepted);
			}
		}
		writer.with(Outcome.NOT_SENT)
			.stream()
			.filter(received::contains)
			.forEach((number) -> this.violations.add("Message " + number + " of " + writer.name()
					+ " was received, and its writer was told that it was not sent"));
		writer.with(Outcome.UNKNOWN)
			.stream()
			.filter(received::contains)
			.forEach((number) -> expectEverywhere(writer, number));
	}

	/** Between the first and the last message of a run nothing is missing. */
	private void expectAll(Run run, List<Integer> numbers, SortedSet<Integer> accepted) {
		if (!numbers.isEmpty()) {
			Set<Integer> missing = new HashSet<>(accepted.subSet(numbers.get(0), numbers.get(numbers.size() - 1)));
			missing.removeAll(new HashSet<>(numbers));
			missing.forEach((number) -> this.violations.add(run.page + " did not receive message " + number));
		}
	}

	private void expectEverywhere(WriterLog writer, int number) {
		for (List<Run> page : this.runs) {
			for (Run run : page) {
				List<Integer> numbers = run.numbers.getOrDefault(writer.name(), List.of());
				boolean spans = !numbers.isEmpty() && numbers.get(0) < number
						&& number < numbers.get(numbers.size() - 1);
				if (spans && !numbers.contains(number)) {
					this.violations.add(run.page + " did not receive message " + number + ", others did");
				}
			}
		}
	}

	/**
	 * A part of a log in which nothing may be missing.
	 */
	private static final class Run {

		private final Map<String, List<Integer>> numbers = new HashMap<>();

		private final String page;

		private Position last;

		Run(String page, Position begin) {
			this.page = page;
			this.last = begin;
		}

	}

}
