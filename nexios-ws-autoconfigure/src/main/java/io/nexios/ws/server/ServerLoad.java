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

package io.nexios.ws.server;

/**
 * How much a server has to do, at one moment.
 *
 * @param draining whether it is stopping, so that handshakes are refused
 * @param connections the number of open connections
 * @param pendingHandshakes the number of handshakes that are not decided, or accepted and
 * not open
 * @param outboundBytes the bytes that wait for all peers together, each message with 100
 * for itself, and a message to a group once
 * @param outboundMaxBytes above how many of them handshakes are refused
 * @author Nexios Team
 */
public record ServerLoad(boolean draining, int connections, int pendingHandshakes, long outboundBytes,
		long outboundMaxBytes) {

	/**
	 * Return whether more waits for peers than may.
	 * @return whether handshakes are refused for it
	 */
	public boolean isExceeded() {
		return this.outboundBytes > this.outboundMaxBytes;
	}

}
