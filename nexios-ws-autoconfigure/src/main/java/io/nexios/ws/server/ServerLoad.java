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
 * The load of a server at one moment.
 *
 * @param draining whether the server is stopping and refuses handshakes
 * @param connections the number of open connections
 * @param pendingHandshakes the number of handshakes that are undecided, or accepted but
 * not open yet
 * @param outboundBytes the bytes that wait for all peers together. Each message counts
 * 100 bytes more than its size. A message to a group counts once
 * @param outboundMaxBytes the limit of these bytes. Above it handshakes are refused
 * @author Nexios Team
 */
public record ServerLoad(boolean draining, int connections, int pendingHandshakes, long outboundBytes,
		long outboundMaxBytes) {

	/**
	 * Return whether more bytes wait for peers than the limit allows.
	 * @return whether handshakes are refused because of it
	 */
	public boolean isExceeded() {
		return this.outboundBytes > this.outboundMaxBytes;
	}

}
