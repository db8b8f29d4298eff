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

package io.nexios.ws.ticket;

import org.jspecify.annotations.Nullable;

/**
 * Is told what happens to tickets. The methods are called by any thread, must not block
 * and must not throw exceptions. By default they do nothing.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface TicketObserver {

	/**
	 * An observer that does nothing.
	 */
	TicketObserver NONE = new TicketObserver() {

	};

	/**
	 * A ticket was issued.
	 */
	default void issued() {
	}

	/**
	 * A ticket was redeemed.
	 */
	default void redeemed() {
	}

	/**
	 * A ticket was not redeemed, because it is forged, used or expired, because its login
	 * has ended, or because there was none.
	 */
	default void refused() {
	}

	/**
	 * A ticket was not redeemed, because what was kept for it cannot be read.
	 * @param cause the reason, if it is known
	 */
	default void unreadable(@Nullable Throwable cause) {
	}

}
