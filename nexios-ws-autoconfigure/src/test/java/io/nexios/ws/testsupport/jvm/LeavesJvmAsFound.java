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

package io.nexios.ws.testsupport.jvm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.BootstrapWith;

/**
 * Waits after each test class until the JVM is in the same state as before the class. If
 * this takes too long, the class fails, because its leftovers would affect the next
 * class.
 * <p>
 * A context that Spring caches outlives the class for which it was loaded. Therefore the
 * state is taken at the first test of the class, when it already includes what the
 * context holds. The threads of the context's server, which start with the first work,
 * belong to the context and not to the class.
 *
 * @author Nexios Team
 */
public final class LeavesJvmAsFound implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

	/** Longer than a server or a peer may take to be given up. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(LeavesJvmAsFound.class);

	private static final String WITH_CONTEXT = "withContext";

	@Override
	public void beforeAll(ExtensionContext context) {
		if (isTopLevel(context)) {
			take(context, SharedStates.ALL);
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		ExtensionContext ofClass = topLevel(context);
		if (hasCachedContext(ofClass) && store(ofClass).get(WITH_CONTEXT) == null) {
			store(ofClass).put(WITH_CONTEXT, true);
			take(ofClass, SharedStates.BESIDE_A_CACHED_CONTEXT);
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (isTopLevel(context)) {
			awaitAsFound(store(context).get(JvmSnapshot.class, JvmSnapshot.class));
		}
	}

	private static void awaitAsFound(JvmSnapshot found) {
		List<String> changes = new ArrayList<>();
		try {
			Awaitility.await()
				.pollInSameThread()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(20))
				.atMost(PATIENCE)
				.until(() -> {
					changes.clear();
					return !changes.addAll(found.changes());
				});
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError("The class has not left the JVM as it found it:\n" + String.join("\n", changes));
		}
	}

	private static void take(ExtensionContext context, List<SharedState> states) {
		store(context).put(JvmSnapshot.class, JvmSnapshot.of(states));
	}

	private static ExtensionContext.Store store(ExtensionContext context) {
		return context.getStore(NAMESPACE);
	}

	private static boolean hasCachedContext(ExtensionContext context) {
		return AnnotatedElementUtils.hasAnnotation(context.getRequiredTestClass(), BootstrapWith.class);
	}

	private static ExtensionContext topLevel(ExtensionContext context) {
		ExtensionContext current = context;
		while (!isTopLevel(current)) {
			current = current.getParent().orElseThrow();
		}
		return current;
	}

	private static boolean isTopLevel(ExtensionContext context) {
		return context.getParent().flatMap(ExtensionContext::getTestClass).isEmpty();
	}

}
