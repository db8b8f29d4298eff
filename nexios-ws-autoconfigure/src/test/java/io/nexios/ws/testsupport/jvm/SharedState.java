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

import java.util.Set;

/**
 * One kind of state that all test classes of a JVM share.
 *
 * @author Nexios Team
 */
interface SharedState {

	/**
	 * Return the current items of this state.
	 * @return items, each equal to itself for as long as it is there
	 */
	Set<?> items();

	/**
	 * Return whether a class may remove existing items. Threads may end, but a system
	 * property must not be removed.
	 * @return whether only what is new counts
	 */
	default boolean mayShrink() {
		return false;
	}

	/**
	 * Describe an item, so that a developer can find its origin.
	 * @param item the item
	 * @return its description
	 */
	default String describe(Object item) {
		return item.toString();
	}

}
