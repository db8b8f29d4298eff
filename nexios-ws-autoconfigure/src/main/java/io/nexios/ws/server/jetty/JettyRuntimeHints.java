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

package io.nexios.ws.server.jetty;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * Registers for native images the methods that Jetty looks up in {@link JettyListener}
 * and in the interface that it implements. It also registers the constructor of
 * {@link HiddenFrames}. All are registered by name, because Jetty may be absent.
 *
 * @author Nexios Team
 */
final class JettyRuntimeHints implements RuntimeHintsRegistrar {

	private static final String INTERFACE = "org.eclipse.jetty.websocket.api.Session$Listener";

	private static final String LISTENER = "io.nexios.ws.server.jetty.JettyListener";

	private static final String EXTENSION = "io.nexios.ws.server.jetty.HiddenFrames";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		if (ClassUtils.isPresent(INTERFACE, classLoader)) {
			hints.reflection()
				.registerTypeIfPresent(classLoader, INTERFACE, MemberCategory.INVOKE_PUBLIC_METHODS)
				.registerTypeIfPresent(classLoader, LISTENER, MemberCategory.INVOKE_PUBLIC_METHODS)
				.registerTypeIfPresent(classLoader, EXTENSION, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
		}
	}

}
