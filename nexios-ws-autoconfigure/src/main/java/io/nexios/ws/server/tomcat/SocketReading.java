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

package io.nexios.ws.server.tomcat;

import java.util.function.Supplier;

import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Takes part in how the tasks of one socket read. Reading ahead is attached to a
 * {@link TomcatUpgradeHandler} by this interface alone. Without it, Tomcat's tasks read
 * as ever.
 *
 * @author Nexios Team
 */
@FunctionalInterface
public interface SocketReading {

	/**
	 * Process what has arrived. Called by a task of Tomcat under the socket's lock.
	 * @param task what Tomcat does
	 * @return how Tomcat is to go on with the socket
	 */
	SocketState process(Supplier<SocketState> task);

	/**
	 * Decides which sockets have a part of this kind.
	 */
	@FunctionalInterface
	interface Factory {

		/** For no socket. */
		Factory NONE = (socket) -> null;

		/**
		 * Create what takes part in reading from a socket.
		 * @param socket the socket, upgraded
		 * @return what takes part, or {@code null} if the tasks read alone
		 */
		@Nullable SocketReading of(SocketWrapperBase<?> socket);

	}

}
