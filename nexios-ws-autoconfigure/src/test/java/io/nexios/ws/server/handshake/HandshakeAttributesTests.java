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

package io.nexios.ws.server.handshake;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link HandshakeAttributes}.
 *
 * @author Nexios Team
 */
@Timeout(60)
class HandshakeAttributesTests {

	private static final int REQUEST = RequestAttributes.SCOPE_REQUEST;

	private static final int SESSION = RequestAttributes.SCOPE_SESSION;

	private static final int RACES = 20_000;

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final ServletRequestAttributes ofContainer = new ServletRequestAttributes(this.request);

	private final HandshakeAttributes attributes = of(this.ofContainer);

	private static HandshakeAttributes of(RequestAttributes ofContainer) {
		RequestContextHolder.setRequestAttributes(ofContainer);
		try {
			return HandshakeAttributes.ofCurrentRequest();
		}
		finally {
			RequestContextHolder.resetRequestAttributes();
		}
	}

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(RequestContextHolder.getRequestAttributes()).isNull();
	}

	@Test
	void codeRunsAsItIsWithoutARequest() {
		Runnable code = () -> {
		};
		assertThat(HandshakeAttributes.ofCurrentRequest().decorate(code)).isSameAs(code);
	}

	@Test
	void codeHasTheAttributesWhileItRuns() {
		AtomicReference<@Nullable RequestAttributes> seen = new AtomicReference<>();
		this.attributes.decorate(() -> seen.set(RequestContextHolder.getRequestAttributes())).run();
		assertThat(seen).hasValue(this.attributes);
	}

	@Test
	void attributesAreThoseOfTheRequestAndItsSession() {
		this.request.setAttribute("name", "of the request");
		this.attributes.setAttribute("name", "of the session", SESSION);
		assertThat(this.attributes.getAttribute("name", REQUEST)).isEqualTo("of the request");
		assertThat(this.attributes.getAttribute("name", SESSION)).isEqualTo("of the session");
		assertThat(this.attributes.getAttributeNames(SESSION)).containsExactly("name");
		assertThat(this.attributes.getSessionId()).isEqualTo(this.request.getSession().getId());
		assertThat(this.attributes.getSessionMutex()).isSameAs(this.ofContainer.getSessionMutex());
		this.attributes.removeAttribute("name", REQUEST);
		assertThat(this.request.getAttribute("name")).isNull();
	}

	@Test
	void requestAndSessionThemselvesAreNotGivenAway() {
		assertThat(this.attributes.resolveReference(RequestAttributes.REFERENCE_REQUEST)).isNull();
		assertThat(this.attributes.resolveReference(RequestAttributes.REFERENCE_SESSION)).isNull();
	}

	@Test
	void everyAccessFailsOnceTheHandshakeIsDecided() {
		this.attributes.decided();
		expectEnded(() -> this.attributes.getAttribute("name", REQUEST));
		expectEnded(() -> this.attributes.getAttribute("name", SESSION));
		expectEnded(() -> this.attributes.setAttribute("name", "value", REQUEST));
		expectEnded(() -> this.attributes.removeAttribute("name", REQUEST));
		expectEnded(() -> this.attributes.getAttributeNames(REQUEST));
		expectEnded(this.attributes::getSessionId);
		expectEnded(this.attributes::getSessionMutex);
		this.attributes.release();
		expectEnded(() -> this.attributes.getAttribute("name", REQUEST));
	}

	private static void expectEnded(Runnable access) {
		assertThatIllegalStateException().isThrownBy(access::run).withMessageContaining("the handshake is decided");
	}

	@Test
	void callbackRunsOnceAtTheEndOfTheRequest() {
		AtomicInteger calls = new AtomicInteger();
		this.attributes.registerDestructionCallback("name", calls::incrementAndGet, REQUEST);
		this.attributes.decided();
		this.attributes.release();
		assertThat(calls).hasValue(0);
		this.ofContainer.requestCompleted();
		assertThat(calls).hasValue(1);
	}

	@Test
	void callbackThatComesTooLateRunsAtOnce() {
		AtomicInteger calls = new AtomicInteger();
		this.attributes.decided();
		this.attributes.registerDestructionCallback("name", calls::incrementAndGet, SESSION);
		assertThat(calls).hasValue(1);
		this.ofContainer.requestCompleted();
		assertThat(calls).hasValue(1);
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void requestIsReleasedWhenNobodyUsesItAndTheDecisionWaitsForNothing() throws Exception {
		CountDownLatch inUse = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		HandshakeAttributes slow = of(new ServletRequestAttributes(new MockHttpServletRequest() {

			@Override
			public @Nullable Object getAttribute(String name) {
				inUse.countDown();
				awaitQuietly(go);
				return name;
			}

		}));
		CompletableFuture<@Nullable Object> access = CompletableFuture
			.supplyAsync(() -> slow.getAttribute("name", REQUEST));
		assertThat(inUse.await(10, TimeUnit.SECONDS)).isTrue();
		slow.decided();
		CompletableFuture<Void> release = CompletableFuture.runAsync(slow::release);
		assertThat(release).isNotDone();
		go.countDown();
		assertThat(release).succeedsWithin(Duration.ofSeconds(10));
		assertThat(access).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("name");
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void nobodySeesWhatTheRequestHasAfterItsRelease() throws Exception {
		CyclicBarrier start = new CyclicBarrier(2);
		AtomicReference<HandshakeAttributes> current = new AtomicReference<>();
		Map<Object, Integer> seen = new ConcurrentHashMap<>();
		CompletableFuture<Void> user = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < RACES; i++) {
				join(start);
				use(current.get(), seen);
				join(start);
			}
		});
		for (int i = 0; i < RACES; i++) {
			MockHttpServletRequest recycled = new MockHttpServletRequest();
			recycled.setAttribute("owner", "me");
			current.set(of(new ServletRequestAttributes(recycled)));
			join(start);
			current.get().decided();
			current.get().release();
			recycled.setAttribute("owner", "another");
			join(start);
		}
		assertThat(user).succeedsWithin(Duration.ofSeconds(30));
		assertThat(seen).containsOnlyKeys("me");
	}

	private static void use(HandshakeAttributes attributes, Map<Object, Integer> seen) {
		try {
			while (true) {
				seen.merge(String.valueOf(attributes.getAttribute("owner", REQUEST)), 1, Integer::sum);
			}
		}
		catch (IllegalStateException ex) {
			assertThat(ex).hasMessageContaining("decided");
		}
	}

	private static void join(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

}
