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

package io.nexios.ws.server.limit;

import java.time.Duration;

/**
 * The default limits of peers. A test changes those that it is about.
 *
 * @author Nexios Team
 */
public final class TestLimits {

	private int connections;

	private int connectionsPerAddress;

	private int connectionsPerUser;

	private int undecidedHandshakes = 1000;

	private int handshakesPerSecond;

	private int messagesPerSecond;

	private long bytesPerSecond;

	private int fragmentsPerMessage = 1000;

	private Duration messageTime = Duration.ofSeconds(60);

	private int jsonDepth = 200;

	private TestLimits() {
	}

	public static TestLimits defaults() {
		return new TestLimits();
	}

	public TestLimits withConnections(int connections) {
		this.connections = connections;
		return this;
	}

	public TestLimits withConnectionsPerAddress(int connectionsPerAddress) {
		this.connectionsPerAddress = connectionsPerAddress;
		return this;
	}

	public TestLimits withConnectionsPerUser(int connectionsPerUser) {
		this.connectionsPerUser = connectionsPerUser;
		return this;
	}

	public TestLimits withUndecidedHandshakes(int undecidedHandshakes) {
		this.undecidedHandshakes = undecidedHandshakes;
		return this;
	}

	public TestLimits withHandshakesPerSecond(int handshakesPerSecond) {
		this.handshakesPerSecond = handshakesPerSecond;
		return this;
	}

	public TestLimits withMessagesPerSecond(int messagesPerSecond) {
		this.messagesPerSecond = messagesPerSecond;
		return this;
	}

	public TestLimits withBytesPerSecond(long bytesPerSecond) {
		this.bytesPerSecond = bytesPerSecond;
		return this;
	}

	public TestLimits withFragmentsPerMessage(int fragmentsPerMessage) {
		this.fragmentsPerMessage = fragmentsPerMessage;
		return this;
	}

	public TestLimits withMessageTime(Duration messageTime) {
		this.messageTime = messageTime;
		return this;
	}

	public TestLimits withJsonDepth(int jsonDepth) {
		this.jsonDepth = jsonDepth;
		return this;
	}

	public PeerLimits build() {
		return new PeerLimits(this.connections, this.connectionsPerAddress, this.connectionsPerUser,
				this.undecidedHandshakes, this.handshakesPerSecond, this.messagesPerSecond, this.bytesPerSecond,
				this.fragmentsPerMessage, this.messageTime, this.jsonDepth);
	}

}
