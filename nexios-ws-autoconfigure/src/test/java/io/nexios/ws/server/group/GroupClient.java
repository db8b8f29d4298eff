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

package io.nexios.ws.server.group;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.JoinOptions;
import io.nexios.ws.channel.JoinResult;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A peer in groups.
 *
 * @param server the server
 * @param local its connection
 * @author Nexios Team
 */
record GroupClient(LocalServer server, LocalConnection local) {

	/** Options with positions. */
	static final JoinOptions POSITIONS = JoinOptions.create().withPositions();

	static GroupClient connect(LocalServer server) {
		return new GroupClient(server, server.connect());
	}

	Channel channel() {
		return Channel.of(this.local.ws());
	}

	JoinResult join(String group, JoinOptions options) {
		return this.server.box().join(channel(), group, options);
	}

	/**
	 * Join on a thread of its own.
	 * @param group the group
	 * @param options the options
	 * @return completes with the outcome
	 */
	CompletableFuture<JoinResult> startJoin(String group, JoinOptions options) {
		return CompletableFuture.supplyAsync(() -> join(group, options), (task) -> {
			Thread thread = new Thread(task, "joining");
			thread.setDaemon(true);
			thread.start();
		});
	}

	/**
	 * Wait for messages.
	 * @param count how many
	 * @return all messages in a short form: "joined RECOVERED 2", "data 5", "lost FORK",
	 * "left", or as they are if they have no envelope
	 */
	List<String> outline(int count) {
		return this.local.awaitMessages(count).stream().map((message) -> outline((String) message)).toList();
	}

	private static String outline(String message) {
		JsonNode node = JsonMapper.shared().readTree(message);
		if (node.has("joined")) {
			JsonNode missed = node.get("joined").get("missed");
			return "joined " + node.get("joined").get("recovery").stringValue()
					+ ((missed != null) ? " " + missed.intValue() : "");
		}
		if (node.has("data")) {
			return "data " + node.get("data").asString();
		}
		if (node.has("lost")) {
			return "lost " + node.get("lost").stringValue();
		}
		return node.has("left") ? "left" : message;
	}

	/**
	 * Return the last position that the peer has received.
	 * @param count for how many messages to wait
	 * @return the position
	 */
	String lastPosition(int count) {
		return this.local.awaitMessages(count)
			.stream()
			.map((message) -> JsonMapper.shared().readTree((String) message).get("position"))
			.filter(Objects::nonNull)
			.reduce((first, second) -> second)
			.map(JsonNode::stringValue)
			.orElseThrow();
	}

}
