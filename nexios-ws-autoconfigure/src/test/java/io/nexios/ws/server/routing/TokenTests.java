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

package io.nexios.ws.server.routing;

import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Token}.
 *
 * @author Nexios Team
 */
class TokenTests {

	@Test
	void variablesAreSeparatedFromLiteralText() {
		assertThat(Token.split("/a/{x}/b{y:int}")).containsExactly(new Token("/a/", false), new Token("x", true),
				new Token("/b", false), new Token("y:int", true));
	}

	@Test
	void balancedBracesStayInTheVariable() {
		assertThat(Token.split("{x:[0-9]{3}}-")).containsExactly(new Token("x:[0-9]{3}", true), new Token("-", false));
	}

	@Test
	void escapedBraceStaysInTheVariable() {
		assertThat(Token.split("{x:\\}}")).containsExactly(new Token("x:\\}", true));
	}

	@Test
	void openingBraceWithoutPartnerIsLiteral() {
		assertThat(Token.split("/a/{x")).containsExactly(new Token("/a/{x", false));
	}

	@Test
	void closingBraceWithoutPartnerIsLiteral() {
		assertThat(Token.split("/a/x}")).containsExactly(new Token("/a/x}", false));
	}

	@Test
	void tokensHoldTheWholeText() {
		Random random = new Random(20260801);
		for (int i = 0; i < 20_000; i++) {
			String text = random.ints(random.nextInt(12), 0, 7)
				.mapToObj((c) -> String.valueOf("/{}\\:a*".charAt(c)))
				.collect(Collectors.joining());
			assertThat(Token.split(text)
				.stream()
				.map((token) -> token.variable() ? "{" + token.text() + "}" : token.text())
				.collect(Collectors.joining())).isEqualTo(text);
		}
	}

}
