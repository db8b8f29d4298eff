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

package io.nexios.ws.server.handshake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HostName}.
 *
 * @author Nexios Team
 */
class HostNameTests {

	@ParameterizedTest
	@CsvSource({ "app.example, app.example", "App.EXAMPLE, app.example", "a_b-c.example., a_b-c.example.",
			"127.0.0.1, 127.0.0.1", "b\u00fccher.example, xn--bcher-kva.example",
			"B\u00dcCHER.example, xn--bcher-kva.example", "bu\u0308cher.example, xn--bcher-kva.example",
			"b\u00c3\u00bccher.example, xn--bcher-kva.example", "XN--Bcher-KVA.example, xn--bcher-kva.example",
			"\u4f8b\u3048.\u30c6\u30b9\u30c8, xn--r8jz45g.xn--zckzah", "\uff41pp.example, app.example", "[::1], [::1]",
			"::1, [::1]", "[0:0:0:0:0:0:0:1], [::1]", "[2001:DB8:0:0:1:0:0:0], [2001:db8:0:0:1::]", "[::], [::]",
			"[2001:db8:0:1:1:1:1:1], [2001:db8:0:1:1:1:1:1]", "[1::2:0:0:3], [1::2:0:0:3]" })
	void sameHostHasOneForm(String host, String canonical) {
		assertThat(HostName.canonical(host)).isEqualTo(canonical);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "*", "*.example", "a b", "a%00b", "\uff0a", "stra\u00dfe.example",
			"\u03b2\u03cc\u03bb\u03bf\u03c2.example", "a\u200db.example", "a\u2488.example", "[", "[]", "[1]", "[::1",
			"[localhost]", "[:::1]", "localhost:80", "\ud83d\ude00.example" })
	void invalidOrAmbiguousHostHasNoCanonicalForm(String host) {
		assertThat(HostName.canonical(host)).isNull();
	}

	@Test
	void nameThatIsLongerThanAnyIsNone() {
		assertThat(HostName.canonical("a.".repeat(3_000))).isNull();
	}

}
