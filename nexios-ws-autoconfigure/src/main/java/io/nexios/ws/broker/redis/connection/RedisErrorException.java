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

package io.nexios.ws.broker.redis.connection;

import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

/**
 * Redis has answered a request with an error.
 *
 * @author Nexios Team
 */
public final class RedisErrorException extends RuntimeException {

	/**
	 * Create an exception.
	 * @param message the error as Redis has sent it
	 */
	public RedisErrorException(String message) {
		super(message);
	}

	/**
	 * Find the error with which a stage has failed.
	 * @param failure the failure of the stage, or {@code null}
	 * @return the error, or {@code null} if it is another failure or none
	 */
	public static @Nullable RedisErrorException in(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		return (cause instanceof RedisErrorException error) ? error : null;
	}

	/**
	 * Return whether the error has a code.
	 * @param code the first word of the error, such as READONLY
	 * @return whether the error begins with this word
	 */
	public boolean is(String code) {
		return code.equals(code());
	}

	/**
	 * Return the code of the error. The rest of the message may contain names.
	 * @return the first word, such as READONLY
	 */
	public String code() {
		return String.valueOf(getMessage()).split(" ", 2)[0];
	}

}
