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

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a path pattern: literal text, or the text between the braces of a variable.
 * Braces inside the regular expression of a variable belong to the expression if they are
 * balanced or escaped, as in {@link org.springframework.web.util.pattern.PathPattern}. An
 * unmatched brace is part of the literal text.
 *
 * @param text the text, without the enclosing braces
 * @param variable whether it is a variable
 * @author Nexios Team
 */
record Token(String text, boolean variable) {

	static List<Token> split(String pattern) {
		List<Token> tokens = new ArrayList<>();
		int position = 0;
		while (position < pattern.length()) {
			int open = pattern.indexOf('{', position);
			int close = (open >= 0) ? closingBrace(pattern, open) : -1;
			int end = (close >= 0) ? open : pattern.length();
			if (end > position) {
				tokens.add(new Token(pattern.substring(position, end), false));
			}
			if (close >= 0) {
				tokens.add(new Token(pattern.substring(open + 1, close), true));
			}
			position = (close >= 0) ? close + 1 : end;
		}
		return tokens;
	}

	private static int closingBrace(String pattern, int open) {
		int depth = 0;
		for (int i = open; i < pattern.length(); i++) {
			switch (pattern.charAt(i)) {
				case '\\' -> i++;
				case '{' -> depth++;
				case '}' -> depth--;
				default -> {
				}
			}
			if (depth == 0) {
				return i;
			}
		}
		return -1;
	}

}
