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

package io.nexios.ws.server.lifecycle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ConnectionIds}.
 *
 * @author Nexios Team
 */
class ConnectionIdsTests {

	@Test
	void idsBeginWithTheNode() {
		ConnectionIds ids = new ConnectionIds("node-1_A");
		assertThat(ids.ofConnection()).matches("node-1_A\\.[0-9a-f]{32}").isNotEqualTo(ids.ofConnection());
		assertThat(ids.ofChannel()).matches("node-1_A\\.[0-9a-f]{32}").isNotEqualTo(ids.ofChannel());
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.b", "a/b", " ", "ä", "a\n",
			"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" })
	void nodeThatIsNoPartOfAPathIsRefused(String nodeId) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionIds(nodeId))
			.withMessageContaining("letters, digits");
	}

}
