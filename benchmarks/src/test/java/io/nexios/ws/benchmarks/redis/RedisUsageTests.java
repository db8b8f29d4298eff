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

package io.nexios.ws.benchmarks.redis;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RedisUsage}.
 *
 * @author Nexios Team
 */
class RedisUsageTests {

	private static final String INFO = "# CPU\r\nused_cpu_sys:1.5\r\nused_cpu_sys_children:9.0\r\n";

	@Test
	void fieldIsFoundByItsWholeName() {
		assertThat(RedisUsage.field(INFO, "used_cpu_sys")).isEqualTo(1.5);
	}

	@Test
	void missingFieldIsAnError() {
		assertThatIllegalStateException().isThrownBy(() -> RedisUsage.field(INFO, "used_cpu"))
			.withMessageContaining("used_cpu");
	}

}
