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

package io.nexios.ws.broker.redis.cursor;

/**
 * What a cursor waits for. Each question to Redis has a ticket and makes earlier tickets
 * invalid, so an old answer has no effect. A check that was sent before a new
 * subscription says nothing about what was missed in between.
 *
 * @author Nexios Team
 */
final class CursorQuestion {

	private Kind kind = Kind.START;

	private long ticket;

	long ask(Kind kind) {
		this.kind = kind;
		return ++this.ticket;
	}

	boolean is(Kind kind) {
		return this.kind == kind;
	}

	boolean is(Kind kind, long ticket) {
		return this.kind == kind && this.ticket == ticket;
	}

	void answered() {
		this.kind = Kind.NONE;
	}

	/**
	 * What is asked.
	 */
	enum Kind {

		/**
		 * Where the subscription starts.
		 */
		START,

		/**
		 * A page of the stream.
		 */
		PAGE,

		/**
		 * The end of the saved messages.
		 */
		CHECK,

		/**
		 * Nothing.
		 */
		NONE

	}

}
