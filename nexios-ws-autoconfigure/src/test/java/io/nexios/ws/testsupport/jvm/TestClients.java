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

package io.nexios.ws.testsupport.jvm;

import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sockets of clients that a test has opened and not closed. Without this, the garbage
 * collector closes them at some time.
 *
 * @author Nexios Team
 */
public final class TestClients implements SharedState {

	private static final Set<Socket> OPENED = ConcurrentHashMap.newKeySet();

	/**
	 * Note a client.
	 * @param socket its socket, which the test has to close
	 */
	public static void opened(Socket socket) {
		OPENED.add(socket);
	}

	@Override
	public Set<Socket> items() {
		OPENED.removeIf(Socket::isClosed);
		return Set.copyOf(OPENED);
	}

	@Override
	public boolean mayShrink() {
		return true;
	}

	@Override
	public String describe(Object item) {
		return "client that was not closed: " + item;
	}

}
