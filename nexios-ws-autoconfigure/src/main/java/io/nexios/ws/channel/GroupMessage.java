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

package io.nexios.ws.channel;

import java.time.Instant;
import java.util.UUID;

import org.springframework.core.ParameterizedTypeReference;

/**
 * A message in the history of a group.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface GroupMessage {

	/**
	 * Return the id of the message.
	 * @return the id
	 */
	UUID id();

	/**
	 * Return the position of the message in the history of the group.
	 * @return the offset, larger than those of all earlier messages
	 */
	long offset();

	/**
	 * Return when the message was sent.
	 * @return the time
	 */
	Instant created();

	/**
	 * Return the payload.
	 * @return a String or byte[] if it was sent as such, otherwise a
	 * {@link tools.jackson.databind.JsonNode}
	 */
	Object payload();

	/**
	 * Return the payload, bound to a type.
	 * @param <T> the type
	 * @param type the class String or byte[] for payloads that were sent as such,
	 * otherwise the type to bind the JSON to
	 * @return the payload
	 * @throws IllegalArgumentException if the payload does not bind to the type
	 */
	<T> T payload(Class<T> type);

	/**
	 * Variant of {@link #payload(Class)} for generic types.
	 * @param <T> the type
	 * @param type the type to bind the JSON to
	 * @return the payload
	 * @throws IllegalArgumentException if the payload does not bind to the type
	 * @since 0.1.0
	 */
	<T> T payload(ParameterizedTypeReference<T> type);

}
