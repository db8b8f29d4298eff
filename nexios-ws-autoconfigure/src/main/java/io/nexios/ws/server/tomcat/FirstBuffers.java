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

import org.apache.tomcat.websocket.WsSession;

/**
 * Shrinks the buffers in which Tomcat collects the first messages of a session. When
 * Tomcat opens the session, it allocates them in the sizes of the container, 24 KB by
 * default. With the first text and with the first binary message, Tomcat changes to
 * buffers of the session's sizes.
 *
 * @author Nexios Team
 */
@FunctionalInterface
public interface FirstBuffers {

	/** Leaves them as they are. */
	FirstBuffers UNCHANGED = (session, size) -> {
	};

	/**
	 * Shrink the buffers. Called while the session is opened, before anything is read.
	 * @param session the session, whose own sizes are already set
	 * @param size the session's sizes, in bytes and in characters
	 */
	void shrink(WsSession session, int size);

}
