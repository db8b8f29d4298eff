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

package io.nexios.ws.server.lifecycle;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * Creates ids that nobody can guess. If there are several nodes, an id begins with the id
 * of this node and a dot.
 *
 * @author Nexios Team
 */
public final class ConnectionIds {

	private static final int ID_BYTES = 16;

	// Ids are part of paths, and are sent between nodes
	private static final Pattern NODE_ID = Pattern.compile("[0-9A-Za-z_-]{0,64}");

	private final SecureRandom random = new SecureRandom();

	private final String nodeId;

	/**
	 * Create ids of a node.
	 * @param nodeId the id of the node, or empty if there is one node
	 */
	public ConnectionIds(String nodeId) {
		Assert.isTrue(NODE_ID.matcher(nodeId).matches(),
				"The id of a node must have at most 64 characters, all of them letters, digits, '-' or '_'");
		this.nodeId = nodeId;
	}

	/**
	 * Create the id of a connection and its default channel.
	 * @return the id
	 */
	public String ofConnection() {
		return this.nodeId.isEmpty() ? random() : ofNode();
	}

	/**
	 * Create the id of an additional channel.
	 * @return the id
	 */
	public String ofChannel() {
		return this.nodeId.isEmpty() ? UUID.randomUUID().toString() : ofNode();
	}

	private String ofNode() {
		return this.nodeId + "." + random();
	}

	private String random() {
		byte[] id = new byte[ID_BYTES];
		this.random.nextBytes(id);
		return HexFormat.of().formatHex(id);
	}

}
