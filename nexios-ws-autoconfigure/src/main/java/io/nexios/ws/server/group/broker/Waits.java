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

package io.nexios.ws.server.group.broker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import io.nexios.ws.WebSocketInterruptedException;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.spi.TimeSource;
import io.nexios.ws.spi.TimeSource.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for stages of the broker. A caller waits for the timeout of the broker at most,
 * even if it needs several stages. No lock is held meanwhile.
 *
 * @author Nexios Team
 */
public final class Waits {

	// Even a broker that has lost a call does not keep its caller forever
	private static final Duration UNLIMITED = Duration.ofMinutes(1);

	private final TimeSource time;

	private final Duration timeout;

	private final ServerThreads threads;

	public Waits(TimeSource time, Duration timeout, ServerThreads threads) {
		this.time = time;
		this.timeout = timeout;
		this.threads = threads;
	}

	/**
	 * Start to count the time of a caller.
	 * @return the time that is left for the caller
	 */
	public Deadline start() {
		return new Deadline(this.time.nanoTime() + this.timeout.toNanos());
	}

	/**
	 * Wait for the only stage that a caller needs.
	 * @param <T> the type of the result
	 * @param stage the stage
	 * @return the result
	 * @throws GroupsUnavailableException if the stage fails or does not complete in time
	 */
	public <T> T await(CompletionStage<T> stage) {
		return start().await(stage);
	}

	/**
	 * Wait for a stage that goes through all groups. This may take as long as it needs.
	 * @param <T> the type of the result
	 * @param stage the stage
	 * @return the result, which may be {@code null}
	 * @throws GroupsUnavailableException if the stage fails
	 */
	public <T> @Nullable T awaitAll(CompletionStage<T> stage) {
		return new Deadline(this.time.nanoTime() + UNLIMITED.toNanos()).result(stage, null);
	}

	/**
	 * Limit the time of a stage for which nobody waits.
	 * @param <T> the type of the result
	 * @param stage the stage
	 * @return a stage that fails if the other does not complete in time
	 */
	public <T> CompletableFuture<T> limit(CompletionStage<T> stage) {
		CompletableFuture<T> limited = copy(stage);
		if (!limited.isDone()) {
			Timer timer = this.time.schedule(() -> limited.completeExceptionally(new TimeoutException()), this.timeout);
			limited.whenComplete((result, failure) -> timer.cancel());
		}
		return limited;
	}

	private static <T> CompletableFuture<T> copy(CompletionStage<T> stage) {
		CompletableFuture<T> copy = new CompletableFuture<>();
		stage.whenComplete((result, failure) -> {
			if (failure != null) {
				copy.completeExceptionally(failure);
			}
			else {
				copy.complete(result);
			}
		});
		return copy;
	}

	/**
	 * Describe a failure of the broker for the caller.
	 * @param failure the failure
	 * @return an exception for the caller
	 */
	public GroupsUnavailableException unavailable(Throwable failure) {
		Throwable cause = cause(failure);
		if (cause instanceof GroupsUnavailableException unavailable) {
			return unavailable;
		}
		String message = (cause instanceof TimeoutException) ? "The broker of the groups has not answered in time"
				: "The broker of the groups has failed";
		return new GroupsUnavailableException(message, cause);
	}

	/**
	 * Return whether the broker has not answered in time.
	 * @param failure what the caller gets
	 * @return whether it is a timeout
	 */
	public static boolean isTimeout(GroupsUnavailableException failure) {
		return failure.getCause() instanceof TimeoutException;
	}

	private static Throwable cause(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
		return (wrapper && cause != null) ? cause(cause) : failure;
	}

	/**
	 * The time that is left for one caller.
	 */
	public final class Deadline {

		private final long end;

		private Deadline(long end) {
			this.end = end;
		}

		/**
		 * Wait for a stage.
		 * @param <T> the type of the result
		 * @param stage the stage
		 * @return the result
		 * @throws GroupsUnavailableException if the stage fails or does not complete in
		 * time
		 */
		public <T> T await(CompletionStage<T> stage) {
			return await(stage, null);
		}

		/**
		 * Wait for a stage, or for a reason to give up.
		 * @param <T> the type of the result
		 * @param stage the stage
		 * @param giveUp completes exceptionally if the caller has to give up, or
		 * {@code null}
		 * @return the result
		 * @throws GroupsUnavailableException if the stage fails or does not complete in
		 * time
		 * @throws GivenUpException if the caller has to give up
		 */
		public <T> T await(CompletionStage<T> stage, @Nullable CompletableFuture<?> giveUp) {
			T result = result(stage, giveUp);
			if (result == null) {
				throw unavailable(new IllegalStateException("The broker has returned nothing"));
			}
			return result;
		}

		private <T> @Nullable T result(CompletionStage<T> stage, @Nullable CompletableFuture<?> giveUp) {
			CompletableFuture<T> result = copy(stage);
			if (!result.isDone()) {
				wait(result, giveUp);
			}
			try {
				return result.join();
			}
			catch (CompletionException ex) {
				if (cause(ex) instanceof GivenUpException givenUp) {
					throw givenUp;
				}
				throw unavailable(ex);
			}
		}

		private void wait(CompletableFuture<?> result, @Nullable CompletableFuture<?> giveUp) {
			if (giveUp != null) {
				giveUp.whenComplete((ignored, reason) -> result.completeExceptionally(new GivenUpException()));
			}
			long left = Math.max(0, this.end - Waits.this.time.nanoTime());
			Timer timer = Waits.this.time.schedule(() -> result.completeExceptionally(new TimeoutException()),
					Duration.ofNanos(left));
			boolean counted = Waits.this.threads.beginWait();
			try {
				result.get();
			}
			catch (ExecutionException ex) {
				// The caller reads it from the result
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new WebSocketInterruptedException("Interrupted while waiting for the broker of the groups");
			}
			finally {
				timer.cancel();
				if (counted) {
					Waits.this.threads.endWait();
				}
			}
		}

	}

	/**
	 * The caller does not wait any more, because the result is of no use.
	 */
	public static final class GivenUpException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		public GivenUpException() {
			super(null, null, false, false);
		}

	}

}
