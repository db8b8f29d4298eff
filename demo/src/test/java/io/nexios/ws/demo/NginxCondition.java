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

package io.nexios.ws.demo;

import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests, and says so, where nginx is not installed.
 *
 * @author Nexios Team
 */
class NginxCondition implements ExecutionCondition {

	static final Path NGINX = Path.of("/usr/sbin/nginx");

	private static final Log logger = LogFactory.getLog(NginxCondition.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (!Files.isExecutable(NGINX)) {
			String reason = "Skipped: no nginx at %s; install Debian's nginx-light".formatted(NGINX);
			logger.warn(reason);
			return ConditionEvaluationResult.disabled(reason);
		}
		return ConditionEvaluationResult.enabled("nginx is installed");
	}

}
