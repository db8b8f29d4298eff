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

package io.nexios.ws.broker.redis.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link Publisher}. What is sent on it never throws an exception: a
 * connection that does is given up.
 *
 * @author Nexios Team
 */
final class Line {

	private final RedisConnection connection;

	/**
	 * The groups that were entered on this connection. They are not those of the
	 * connection before: what that one has sent may be lost.
	 */
	final EnteredGroups entered = new EnteredGroups();

	/**
	 * Whether nothing more is sent on it. The lock of the {@link Outbox} guards it.
	 */
	boolean broken;

	Line(RedisConnection connection) {
		this.connection = connection;
	}

	CompletionStage<@Nullable Object> send(RedisRequest request) {
		try {
			return this.connection.send(request);
		}
		catch (Throwable ex) {
			giveUp("A request cannot be sent: " + ex.getClass().getName());
			return CompletableFuture.failedStage(new ConnectionLostException("A request cannot be sent"));
		}
	}

	void flush() {
		try {
			this.connection.flush();
		}
		catch (Throwable ex) {
			giveUp("Requests cannot be written: " + ex.getClass().getName());
		}
	}

	void giveUp(String reason) {
		this.connection.giveUp(reason);
	}

}
