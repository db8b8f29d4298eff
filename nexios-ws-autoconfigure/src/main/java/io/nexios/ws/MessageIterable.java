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

package io.nexios.ws;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Receives until the connection ends.
 *
 * @param <T> what messages are converted to
 * @param receive receives a message
 * @param convert converts it
 * @author Nexios Team
 */
record MessageIterable<T>(Supplier<WSMessage> receive, Function<WSMessage, T> convert) implements Iterable<T> {

	@Override
	public Iterator<T> iterator() {
		return new MessageIterator();
	}

	private final class MessageIterator implements Iterator<T> {

		private @Nullable T next;

		private boolean ended;

		@Override
		public boolean hasNext() {
			if (this.next == null && !this.ended) {
				advance();
			}
			return this.next != null;
		}

		private void advance() {
			WSMessage message = receiveOrEnd();
			this.ended = message instanceof WSMessage.Disconnect;
			this.next = this.ended ? null : MessageIterable.this.convert.apply(message);
		}

		private WSMessage receiveOrEnd() {
			try {
				return MessageIterable.this.receive.get();
			}
			catch (WebSocketDisconnect ex) {
				return new WSMessage.Disconnect(ex.code(), ex.reason());
			}
		}

		@Override
		public T next() {
			if (!hasNext() || this.next == null) {
				throw new NoSuchElementException("The connection has ended");
			}
			T result = this.next;
			this.next = null;
			return result;
		}

	}

}
