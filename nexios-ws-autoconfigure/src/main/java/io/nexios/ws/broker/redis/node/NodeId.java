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

package io.nexios.ws.broker.redis.node;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Makes ids of nodes. Each start of a node has a new one, so no two nodes have the same.
 *
 * @author Nexios Team
 */
public final class NodeId {

	private static final int BYTES = 8;

	private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

	private NodeId() {
	}

	/**
	 * Return a new id.
	 * @return 8 random bytes in hexadecimal
	 */
	public static String next() {
		byte[] id = new byte[BYTES];
		new SecureRandom().nextBytes(id);
		return HexFormat.of().formatHex(id);
	}

	/**
	 * Return whether a text has the form of an id.
	 * @param text the text
	 * @return whether it may be the id of a node
	 */
	public static boolean isId(String text) {
		return ID.matcher(text).matches();
	}

}
