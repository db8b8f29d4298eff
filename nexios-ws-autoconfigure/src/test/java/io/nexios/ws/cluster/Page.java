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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.broker.Position;
import io.nexios.ws.server.group.delivery.PositionTokens;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page that is in a room. When its connection ends, it connects again to any node and
 * goes on where it was. A page that moves ends its connections itself, too.
 *
 * @author Nexios Team
 */
final class Page implements AutoCloseable {

	private static final int MAX_MESSAGES = 300;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final PageLog log;

	private final List<Integer> ports;

	private final String room;

	private final PositionTokens tokens;

	private final Random random;

	private final Thread thread;

	private final boolean moves;

	private volatile boolean settled;

	private volatile @Nullable RawWs connection;

	private @Nullable String position;

	private Page(String name, List<Integer> ports, String room, boolean moves, long seed) {
		this.log = new PageLog(name);
		this.ports = ports;
		this.room = room;
		this.moves = moves;
		this.tokens = new PositionTokens(room);
		this.random = new Random(seed);
		this.thread = new Thread(this::run, "page-" + name);
	}

	static Page open(String name, List<Integer> ports, String room, boolean moves, long seed) {
		Page page = new Page(name, ports, room, moves, seed);
		page.thread.setDaemon(true);
		page.thread.start();
		return page;
	}

	PageLog log() {
		return this.log;
	}

	/**
	 * Do not end any further connection.
	 */
	void settle() {
		this.settled = true;
	}

	private void run() {
		int node = this.random.nextInt(this.ports.size());
		while (this.stopped.getCount() > 0) {
			try (RawWs ws = RawWs.open(this.ports.get(node % this.ports.size()), target())) {
				this.connection = ws;
				read(ws);
			}
			catch (RuntimeException | AssertionError ex) {
				// The connection has ended, or was refused
			}
			node++;
			pause();
		}
	}

	private String target() {
		String position = this.position;
		return "/rooms/" + this.room
				+ ((position != null) ? "?position=" + URLEncoder.encode(position, StandardCharsets.UTF_8) : "");
	}

	private void read(RawWs ws) {
		int left = this.moves ? 1 + this.random.nextInt(MAX_MESSAGES) : Integer.MAX_VALUE;
		while (this.stopped.getCount() > 0 && (left > 0 || this.settled)) {
			RawFrame frame = ws.readMessageOrClose();
			if (frame.opcode() == RawFrame.CLOSE) {
				return;
			}
			this.position = receive(JsonMapper.shared().readTree(frame.text()));
			left--;
		}
	}

	private String receive(JsonNode node) {
		String token = node.get("position").stringValue();
		Position position = Objects.requireNonNull(this.tokens.read(token));
		if (node.has("joined")) {
			boolean recovered = node.get("joined").get("recovery").stringValue().equals("RECOVERED");
			this.log.add(new PageLog.Joined(recovered, position));
		}
		else if (node.has("lost")) {
			this.log.add(new PageLog.Lost(node.get("lost").stringValue(), position));
		}
		else {
			String[] text = node.get("data").stringValue().split(" ");
			this.log.add(new PageLog.Message(position, text[0], Integer.parseInt(text[1])));
		}
		return token;
	}

	private void pause() {
		try {
			this.stopped.await(20, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.stopped.countDown();
		RawWs connection = this.connection;
		if (connection != null) {
			connection.close();
		}
		try {
			this.thread.join(10_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
