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

package io.nexios.ws.broker.redis.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import org.springframework.util.Assert;

/**
 * The scripts that run inside Redis. Each of them is a resource of this package, which
 * describes its arguments and its result.
 *
 * @author Nexios Team
 */
public enum RedisScript {

	/**
	 * Save a message and publish it.
	 */
	PUBLISH,

	/**
	 * Ask for a group, and learn its position.
	 */
	ASK,

	/**
	 * Ask for many groups, and learn their positions.
	 */
	POSITIONS,

	/**
	 * Read saved messages of a group, and its position.
	 */
	READ,

	/**
	 * Drop the saved messages of a group.
	 */
	CLEAR,

	/**
	 * Take away what a node that is gone has left.
	 */
	FORGET,

	/**
	 * Publish a message for one node.
	 */
	SEND,

	/**
	 * Say how many members a group has on a node, and who wants to be listed.
	 */
	PRESENT,

	/**
	 * Read who is in a group.
	 */
	PRESENCE;

	private final String text;

	private final String sha1;

	RedisScript() {
		byte[] bytes = read(resource());
		this.text = new String(bytes, StandardCharsets.UTF_8);
		this.sha1 = sha1(bytes);
	}

	/**
	 * Return the name of the resource, relative to this class.
	 * @return the name
	 */
	String resource() {
		return name().toLowerCase(Locale.ROOT) + ".lua";
	}

	private static byte[] read(String resource) {
		try (InputStream in = RedisScript.class.getResourceAsStream(resource)) {
			Assert.state(in != null, () -> "The resource " + resource + " is missing");
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Redis names a script by this digest. It protects nothing
	private static String sha1(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return the text, as for SCRIPT LOAD.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Return the digest by which EVALSHA names the script.
	 * @return the digest in hexadecimal
	 */
	public String sha1() {
		return this.sha1;
	}

}
