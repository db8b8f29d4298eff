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

package io.nexios.ws.server.inbound;

/**
 * The possible reasons for which the answer to the peer's close waits.
 *
 * @author Nexios Team
 */
public enum Hold {

	/**
	 * No message is being handled.
	 */
	NOTHING_TO_WAIT_FOR,

	/**
	 * Messages wait, but no thread has received from this connection yet.
	 */
	NOBODY_HAS_RECEIVED,

	/**
	 * A message is being handled, or waits for a thread or a consumer that receives.
	 */
	AT_WORK

}
