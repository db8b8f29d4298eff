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

import java.util.Collections;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

import org.springframework.util.StringUtils;

/**
 * A random order of the test classes, which a seed repeats on every machine: it does not
 * depend on the order in which they are found.
 *
 * @author Nexios Team
 */
public final class ShuffledClasses implements ClassOrderer {

	private static final String SEED = "nexios.test.seed";

	private static final long seed = seed(System.getProperty(SEED));

	private static final AtomicBoolean told = new AtomicBoolean();

	private static long seed(String configured) {
		return StringUtils.hasText(configured) ? Long.parseLong(configured) : System.nanoTime();
	}

	@Override
	public void orderClasses(ClassOrdererContext context) {
		if (told.compareAndSet(false, true)) {
			System.out.println("Test classes run in random order: repeat it with -Dtest.seed=" + seed);
		}
		context.getClassDescriptors().sort(Comparator.comparing(ShuffledClasses::name));
		Collections.shuffle(context.getClassDescriptors(), new java.util.Random(seed));
	}

	private static String name(ClassDescriptor descriptor) {
		return descriptor.getTestClass().getName();
	}

}
