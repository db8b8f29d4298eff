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

import java.util.concurrent.CompletableFuture;

import io.nexios.ws.broker.Position;
import org.jspecify.annotations.Nullable;

/**
 * A call for a group that has not taken effect.
 *
 * @param subscribed the stage of a subscription, or {@code null} if this call ends one
 * @param unsubscribed the stage of a call that ends a subscription, or {@code null}
 * @author Nexios Team
 */
record SubscriptionCall(@Nullable CompletableFuture<Position> subscribed,
		@Nullable CompletableFuture<Void> unsubscribed) {

	void fail(Throwable failure) {
		if (this.subscribed != null) {
			this.subscribed.completeExceptionally(failure);
		}
		if (this.unsubscribed != null) {
			this.unsubscribed.completeExceptionally(failure);
		}
	}

}
