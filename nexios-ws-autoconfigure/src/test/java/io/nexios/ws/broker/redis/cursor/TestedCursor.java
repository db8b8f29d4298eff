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

package io.nexios.ws.broker.redis.cursor;

import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.wire.Arrival;

/**
 * A cursor whose input and output can be changed, and the deliveries and losses that it
 * has ordered.
 *
 * @author Nexios Team
 */
class TestedCursor {

	private final GroupCursor cursor = new GroupCursor("g");

	private final List<CursorAction> timeline = new ArrayList<>();

	private final List<CursorAction.Read> reads = new ArrayList<>();

	private Position last = Position.start(0);

	/**
	 * Change what arrives.
	 * @param placed what arrives
	 * @param last the position of the message before it, as far as the cursor knows
	 * @return what the cursor gets
	 */
	Arrival.Placed tamper(Arrival.Placed placed, Position last) {
		return placed;
	}

	/**
	 * Change what is done.
	 * @param actions what the cursor has ordered
	 * @return what is done
	 */
	List<CursorAction> tamper(List<CursorAction> actions) {
		return actions;
	}

	final List<CursorAction> timeline() {
		return this.timeline;
	}

	final List<CursorAction.Read> takeReads() {
		List<CursorAction.Read> taken = List.copyOf(this.reads);
		this.reads.clear();
		return taken;
	}

	final GroupCursor cursor() {
		return this.cursor;
	}

	final void start(Position position) {
		run(this.cursor.start(position));
	}

	final void arrive(Arrival arrival) {
		run(this.cursor.arrive((arrival instanceof Arrival.Placed placed) ? tamper(placed, this.last) : arrival));
	}

	final void page(long ticket, StreamPage page) {
		Position last = this.last;
		List<Arrival.Placed> entries = new ArrayList<>();
		for (Arrival.Placed entry : page.entries()) {
			Arrival.Placed changed = tamper(entry, last);
			entries.add(changed);
			last = changed.position();
		}
		run(this.cursor.page(ticket, new StreamPage(page.end(), entries, page.full())));
	}

	final void checked(long ticket, Position end) {
		run(this.cursor.checked(ticket, end));
	}

	private void run(List<CursorAction> actions) {
		for (CursorAction action : tamper(actions)) {
			if (action instanceof CursorAction.Read read) {
				this.reads.add(read);
			}
			else {
				this.timeline.add(action);
				follow(action);
			}
		}
	}

	private void follow(CursorAction action) {
		if (action instanceof CursorAction.Report report) {
			this.last = report.loss().next();
		}
		else if (action instanceof CursorAction.Deliver deliver && deliver.message().position() != null) {
			this.last = deliver.message().position();
		}
	}

}
