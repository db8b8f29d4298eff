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

package io.nexios.ws.testsupport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.WebSocket;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * The outcome of the handler of one test. The value, failure and {@link WebSocket} are
 * those of its first connection.
 *
 * @param <T> what the handler returns to the test
 * @author Nexios Team
 */
public final class Outcome<T extends @Nullable Object> {

	private final Handling<T> handling;

	private final CompletableFuture<WebSocket> webSocket = new CompletableFuture<>();

	private final CompletableFuture<T> result = new CompletableFuture<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger running = new AtomicInteger();

	private final List<AssertionError> failedAssertions = new CopyOnWriteArrayList<>();

	Outcome(Handling<T> handling) {
		this.handling = handling;
	}

	void run(WebSocket ws) throws Exception {
		this.running.incrementAndGet();
		this.calls.incrementAndGet();
		this.webSocket.complete(ws);
		try {
			this.result.complete(this.handling.handle(ws));
		}
		catch (Throwable ex) {
			if (ex instanceof AssertionError failedAssertion) {
				this.failedAssertions.add(failedAssertion);
			}
			this.result.completeExceptionally(ex);
			throw ex;
		}
		finally {
			this.running.decrementAndGet();
		}
	}

	/**
	 * Return how often the handler was called.
	 * @return the number of connections that reached the handler
	 */
	public int calls() {
		return this.calls.get();
	}

	/**
	 * Wait for the handler to be called.
	 * @return the connection it was called with
	 */
	public WebSocket webSocket() {
		return waitFor(this.webSocket);
	}

	/**
	 * Wait for the connection to be open. The client may know it before the server does.
	 * @return the connection
	 */
	public WebSocket open() {
		WebSocket ws = webSocket();
		Awaitility.await("the open connection")
			.atMost(RawWs.TIMEOUT)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.until(ws::isConnected);
		return ws;
	}

	/**
	 * Wait for the handler to return.
	 * @return what it returned
	 */
	public T get() {
		return waitFor(this.result);
	}

	/**
	 * Wait for the handler to throw.
	 * @return what it threw
	 */
	public Throwable thrown() {
		Throwable thrown = waitFor(this.result.handle((value, ex) -> (ex != null) ? ex : new NoFailure(value)));
		if (thrown instanceof NoFailure) {
			throw new AssertionError(thrown.getMessage());
		}
		return thrown;
	}

	/**
	 * Wait for the end of the connection.
	 * @return how it ended
	 */
	public CloseStatus closed() {
		return waitFor(webSocket().closed());
	}

	/**
	 * Wait for the handler to return or to throw.
	 */
	public void awaitEnd() {
		Awaitility.await("the end of the handler")
			.atMost(RawWs.TIMEOUT)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.until(() -> this.running.get() == 0);
	}

	void verify() {
		awaitEnd();
		this.failedAssertions.forEach((failure) -> {
			throw failure;
		});
	}

	/**
	 * Wait for a value, but not for ever.
	 * @param <V> the type of the value
	 * @param stage what will have the value
	 * @return the value
	 */
	public static <V extends @Nullable Object> V waitFor(CompletionStage<V> stage) {
		try {
			return stage.toCompletableFuture().get(RawWs.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new AssertionError("Waited " + RawWs.TIMEOUT + " in vain", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
		catch (ExecutionException | CompletionException ex) {
			throw new AssertionError("Failed instead of having a value", ex.getCause());
		}
	}

	/**
	 * A handler that returns a value to the test.
	 *
	 * @param <T> what the handler returns to the test
	 */
	@FunctionalInterface
	public interface Handling<T extends @Nullable Object> {

		T handle(WebSocket ws) throws Exception;

	}

	private static final class NoFailure extends RuntimeException {

		private static final long serialVersionUID = 1L;

		NoFailure(@Nullable Object value) {
			super("The handler returned " + value + " and threw nothing");
		}

	}

}
