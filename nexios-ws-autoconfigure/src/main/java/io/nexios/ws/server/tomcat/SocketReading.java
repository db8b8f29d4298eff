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
 * as usual.
 *
 * @author Nexios Team
 */
@FunctionalInterface
public interface SocketReading {

	/**
	 * Process what has arrived. Called by a task of Tomcat under the socket's lock.
	 * @param task the task of Tomcat
	 * @return what Tomcat has to do with the socket next
	 */
	SocketState process(Supplier<SocketState> task);

	/**
	 * Creates a {@link SocketReading} for those sockets that have one.
	 */
	@FunctionalInterface
	interface Factory {

		/** For no socket. */
		Factory NONE = (socket) -> null;

		/**
		 * Create the {@link SocketReading} of a socket.
		 * @param socket the socket, after the upgrade
		 * @return the {@link SocketReading}, or {@code null} if only Tomcat's tasks read
		 */
		@Nullable SocketReading of(SocketWrapperBase<?> socket);

	}

}
