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

package io.nexios.ws.server.thread;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Registers for native images the methods that {@link ServerThreads} and
 * {@link DetachedThreads} look up by reflection, because not every JDK has them.
 *
 * @author Nexios Team
 */
final class ThreadRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection()
			.registerType(Thread.class,
					(hint) -> hint.withMethod("isVirtual", List.of(), ExecutableMode.INVOKE)
						.withMethod("ofVirtual", List.of(), ExecutableMode.INVOKE))
			.registerTypeIfPresent(classLoader, "java.lang.Thread$Builder", MemberCategory.INVOKE_PUBLIC_METHODS);
	}

}
