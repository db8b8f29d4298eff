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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nexios.ws.cluster.WriterLog.Outcome;
import io.nexios.ws.testsupport.ForkedServer;
import io.nexios.ws.testsupport.RawFrame;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.redis.FreePort;
import org.jspecify.annotations.Nullable;

/**
 * A node with its own JVM. It keeps its port when it is started again.
 *
 * @author Nexios Team
 */
final class ProcessNode implements RoomNode {

	private final int port = FreePort.find();

	private final Map<String, RawWs> connections = new ConcurrentHashMap<>();

	private final String[] properties;

	private volatile ForkedServer server;

	private ProcessNode(String... properties) {
		this.properties = new String[properties.length + 2];
		System.arraycopy(properties, 0, this.properties, 2, properties.length);
		this.properties[0] = "server.port=" + this.port;
		// Nobody reads the output
		this.properties[1] = "logging.threshold.console=off";
		this.server = start();
	}

	static ProcessNode start(String... properties) {
		return new ProcessNode(properties);
	}

	private ForkedServer start() {
		return ForkedServer.start(RoomApplication.class, this.properties);
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public boolean isUp() {
		try (RawWs ws = RawWs.open(this.port, "/state")) {
			return ws.readText().equals("UP");
		}
		catch (RuntimeException | AssertionError ex) {
			return false;
		}
	}

	/**
	 * Each room has one writer on this node, so each connection has one user.
	 */
	@Override
	public Outcome send(String room, String text) {
		RawWs ws = connection(room);
		if (ws == null) {
			return Outcome.NOT_SENT;
		}
		try {
			ws.sendText(text);
			RawFrame frame = ws.readMessageOrClose();
			if (frame.opcode() == RawFrame.TEXT) {
				return Outcome.valueOf(frame.text());
			}
		}
		catch (RuntimeException | AssertionError ex) {
			// The node was killed, perhaps after it has sent the message
		}
		this.connections.remove(room);
		ws.close();
		return Outcome.UNKNOWN;
	}

	private @Nullable RawWs connection(String room) {
		try {
			return this.connections.computeIfAbsent(room, (missing) -> RawWs.open(this.port, "/write/" + room));
		}
		catch (RuntimeException | AssertionError ex) {
			return null;
		}
	}

	/**
	 * Kill the process, and start another one.
	 */
	void replace() {
		this.server.kill();
		this.server = start();
	}

	@Override
	public void close() {
		this.connections.values().forEach(RawWs::close);
		this.server.close();
	}

}
