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

package io.nexios.ws.broker;

import org.jspecify.annotations.Nullable;

/**
 * A message that a broker has accepted.
 *
 * @param publication the message as it was published
 * @param position the place of the message, or {@code null} if it was not saved
 * @author Nexios Team
 * @since 0.1.0
 */
public record BrokerMessage(Publication publication, @Nullable Position position) {

	/**
	 * Return the offset of the message.
	 * @return the offset, or 0 if the message was not saved
	 */
	public long offset() {
		return (this.position != null) ? this.position.offset() : 0;
	}

}
