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

package io.nexios.ws.broker.redis.subscribe;

import java.util.concurrent.CompletionException;

import io.nexios.ws.channel.GroupsUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The failures of calls.
 *
 * @author Nexios Team
 */
final class Unavailable {

	private Unavailable() {
	}

	static GroupsUnavailableException notConnected() {
		return new GroupsUnavailableException("There is no connection to Redis", null);
	}

	static GroupsUnavailableException because(@Nullable Throwable failure) {
		Throwable cause = cause(failure);
		return (cause instanceof GroupsUnavailableException unavailable) ? unavailable
				: new GroupsUnavailableException("Redis has not done what was requested", cause);
	}

	/**
	 * Return the failure of a request.
	 * @param failure the failure of a stage that depends on the request
	 * @return the failure
	 */
	static @Nullable Throwable cause(@Nullable Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
