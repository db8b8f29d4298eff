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
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips browser tests where no Chromium is installed. Nothing is ever downloaded.
 *
 * @author Nexios Team
 */
class ChromiumCondition implements ExecutionCondition {

	static final Path BROWSER = Path.of("/usr/bin/chromium");

	static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final Log logger = LogFactory.getLog(ChromiumCondition.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		for (Path path : List.of(BROWSER, DRIVER)) {
			if (!Files.isExecutable(path)) {
				String reason = "Skipped: no Chromium at %s; install Debian's chromium and chromium-driver"
					.formatted(path);
				logger.warn(reason);
				return ConditionEvaluationResult.disabled(reason);
			}
		}
		return ConditionEvaluationResult.enabled("Chromium is installed");
	}

}
