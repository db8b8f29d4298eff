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

package io.nexios.ws.benchmarks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Load}.
 *
 * @author Nexios Team
 */
class LoadTests {

	@Test
	void publisherMayUseAnotherServer() {
		Load load = Load.group(2, 0, 100, 200, 1, 3);
		assertThat(load.publishingTo(8081, "/publish").options()).startsWith(load.options().toArray(String[]::new))
			.endsWith("-q", "8081", "-U", "/publish");
	}

}
