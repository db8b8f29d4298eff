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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.connection.RedisErrorException;
import io.nexios.ws.broker.redis.cursor.ScriptAnswers;
import io.nexios.ws.broker.redis.feed.GroupRequests;
import io.nexios.ws.broker.redis.feed.PositionChecks;
import io.nexios.ws.broker.redis.feed.SubscriptionParts;
import io.nexios.ws.broker.redis.lane.Batches;
import io.nexios.ws.broker.redis.lane.Lane;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the groups of new subscriptions, and for their positions. If Redis refuses
 * some groups of a batch, these are asked for one by one. So the failure of a group is
 * its own. Used by one lane.
 *
 * @author Nexios Team
 */
final class NewGroups {

	private final Batches<GroupStep> batches;

	private final Lane lane;

	private final GroupRequests requests;

	NewGroups(Lane lane, SubscriptionParts parts) {
		this.lane = lane;
		this.requests = parts.requests();
		this.batches = new Batches<>(lane, parts.time(), PositionChecks.GROUPS, PositionChecks.MAX_IN_FLIGHT,
				GroupStep::isCurrent, this::request);
	}

	Batches<GroupStep> batches() {
		return this.batches;
	}

	private CompletionStage<?> request(List<GroupStep> groups) {
		if (groups.size() == 1) {
			return await(groups.get(0), askAlone(groups.get(0)));
		}
		CompletionStage<List<?>> answers = this.requests
			.positions(groups.stream().map((step) -> step.group().name()).toList());
		return CompletableFuture.allOf(IntStream.range(0, groups.size())
			.mapToObj((i) -> await(groups.get(i), answer(groups.get(i), i, answers)))
			.toArray(CompletableFuture[]::new));
	}

	private CompletionStage<Position> answer(GroupStep group, int index, CompletionStage<List<?>> answers) {
		return answers.handle((list, failure) -> {
			Position position = (list != null) ? ScriptAnswers.position(list.get(index)) : null;
			if (position != null) {
				return CompletableFuture.completedStage(position);
			}
			return (failure == null || isRefusal(failure)) ? askAlone(group)
					: CompletableFuture.<Position>failedStage(failure);
		}).thenCompose((answer) -> answer);
	}

	private static boolean isRefusal(Throwable failure) {
		return Unavailable.cause(failure) instanceof RedisErrorException;
	}

	private CompletionStage<Position> askAlone(GroupStep step) {
		return this.requests.ask(step.group().name());
	}

	private CompletableFuture<?> await(GroupStep step, CompletionStage<Position> answer) {
		return answer.whenComplete((position, failure) -> this.lane.execute(() -> answered(step, position, failure)))
			.handle((position, failure) -> true)
			.toCompletableFuture();
	}

	private static void answered(GroupStep step, @Nullable Position position, @Nullable Throwable failure) {
		if (step.isCurrent()) {
			step.group().asked(position, failure);
		}
	}

}
