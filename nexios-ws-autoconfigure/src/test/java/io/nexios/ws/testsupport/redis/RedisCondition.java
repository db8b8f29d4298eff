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

package io.nexios.ws.testsupport.redis;

import java.nio.file.Path;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

import org.springframework.util.Assert;

/**
 * Looks for Redis before the tests of a class.
 *
 * @author Nexios Team
 */
final class RedisCondition implements ExecutionCondition {

	private static final Log logger = LogFactory.getLog(RedisCondition.class);

	private final Optional<Path> redis;

	private final boolean required;

	RedisCondition() {
		this(RedisBinary.find(), Boolean.parseBoolean(System.getenv("CI")));
	}

	RedisCondition(Optional<Path> redis, boolean required) {
		this.redis = redis;
		this.required = required;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return context.getTestMethod().isPresent() ? ConditionEvaluationResult.enabled("Decided for the class")
				: evaluate(context.getRequiredTestClass());
	}

	ConditionEvaluationResult evaluate(Class<?> testClass) {
		if (this.redis.isPresent()) {
			return ConditionEvaluationResult.enabled("Redis is " + this.redis.get());
		}
		Assert.state(!this.required, "There is no redis-server, and CI=true requires it");
		String reason = "Skipped %d test methods of %s: no redis-server in the PATH; install Debian's redis-server"
			.formatted(testMethods(testClass), testClass.getSimpleName());
		logger.warn(reason);
		return ConditionEvaluationResult.disabled(reason);
	}

	private static int testMethods(Class<?> testClass) {
		return AnnotationSupport.findAnnotatedMethods(testClass, Testable.class, HierarchyTraversalMode.TOP_DOWN)
			.size();
	}

}
