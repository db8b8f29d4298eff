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

package io.nexios.ws.broker.redis.feed;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.nexios.ws.broker.redis.cursor.CursorAction;
import io.nexios.ws.broker.redis.cursor.StreamPage;
import io.nexios.ws.broker.redis.lane.Lane;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of streams, at most {@value #MAX_READING} at a time, because a page is
 * large. A feed has one read at most: a later one replaces one that waits. Used by one
 * lane.
 *
 * @author Nexios Team
 */
public final class StreamReads {

	static final int MAX_READING = 8;

	private final Map<GroupFeed, CursorAction.Read> waiting = new LinkedHashMap<>();

	private final Map<GroupFeed, Integer> reading = new HashMap<>();

	private final Lane lane;

	private final GroupRequests requests;

	private final RedisObserver observer;

	private final Consumer<GroupFeed> failed;

	private int inFlight;

	public StreamReads(Lane lane, GroupRequests requests, RedisObserver observer, Consumer<GroupFeed> failed) {
		this.lane = lane;
		this.requests = requests;
		this.observer = observer;
		this.failed = failed;
	}

	void read(GroupFeed feed, CursorAction.Read read) {
		if (!isReading(feed)) {
			this.observer.repairing();
		}
		this.waiting.put(feed, read);
		sendSome();
	}

	/**
	 * Return whether a read of a feed has not ended.
	 * @param feed the feed
	 * @return whether it has not
	 */
	boolean isReading(GroupFeed feed) {
		return this.waiting.containsKey(feed) || this.reading.containsKey(feed);
	}

	private void sendSome() {
		Iterator<Map.Entry<GroupFeed, CursorAction.Read>> waiting = this.waiting.entrySet().iterator();
		while (this.inFlight < MAX_READING && waiting.hasNext()) {
			Map.Entry<GroupFeed, CursorAction.Read> next = waiting.next();
			waiting.remove();
			if (!next.getKey().isStopped()) {
				send(next.getKey(), next.getValue());
			}
		}
	}

	private void send(GroupFeed feed, CursorAction.Read read) {
		this.inFlight++;
		this.reading.merge(feed, 1, Integer::sum);
		this.requests.read(feed.name().keys(), read.after())
			.whenComplete((page, failure) -> this.lane.execute(() -> answered(feed, read, page, failure)));
	}

	private void answered(GroupFeed feed, CursorAction.Read read, @Nullable StreamPage page,
			@Nullable Throwable failure) {
		this.inFlight--;
		if (page != null) {
			feed.page(read.ticket(), page);
		}
		else {
			feed.readFailed(read.ticket());
			this.failed.accept(feed);
		}
		this.reading.computeIfPresent(feed, (same, count) -> (count > 1) ? count - 1 : null);
		sendSome();
	}

}
