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

package io.nexios.ws.server.tomcat.control;

/**
 * Hides the peer's close frame from Tomcat until this side has answered it. The frame has
 * already been read. Tomcat would answer at once on the thread that reads, and would wait
 * there for the write that is under way.
 *
 * @author Nexios Team
 */
interface CloseHold {

	/**
	 * Hold the frame until it is answered. Called once, by the thread that reads.
	 * @return whether Tomcat has to look at the frame again, and will be called for that.
	 * Otherwise the frame has been answered
	 */
	boolean hold();

	/**
	 * The frame has been answered, or cannot be answered. May be called more than once,
	 * and before the frame is held.
	 */
	void answered();

	/**
	 * Return whether Tomcat may read. Called under the socket's lock before Tomcat reads.
	 * @return whether Tomcat may read. If not, Tomcat is called again when it may
	 */
	default boolean mayRead() {
		return true;
	}

}
