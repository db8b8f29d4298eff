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

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;

import org.slf4j.MDC;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * State of the test thread, and state for all threads.
 *
 * @author Nexios Team
 */
final class TestThread implements SharedState {

	private static final boolean securityIsPresent = SharedStates
		.isPresent("org.springframework.security.core.context.SecurityContextHolder");

	@Override
	public Set<String> items() {
		Thread thread = Thread.currentThread();
		Set<String> items = new HashSet<>();
		items.add("interrupted: " + thread.isInterrupted());
		items.add("context class loader: " + thread.getContextClassLoader());
		items.add("handler of uncaught exceptions: " + Thread.getDefaultUncaughtExceptionHandler());
		items.add("MDC: " + Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of()));
		items.add("request: " + RequestContextHolder.getRequestAttributes());
		items.add("locale: " + Locale.getDefault() + ", " + TimeZone.getDefault().getID());
		if (securityIsPresent) {
			items.add("authentication: " + Security.authentication());
		}
		return items;
	}

	/**
	 * Loaded only if Spring Security is present.
	 */
	private static final class Security {

		static String authentication() {
			return String.valueOf(SecurityContextHolder.getContext().getAuthentication());
		}

	}

}
