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

import java.util.regex.Pattern;

/**
 * A path pattern without the names of its variables. Two patterns with the same structure
 * match the same paths.
 *
 * @param text the pattern without names
 * @author Nexios Team
 */
record PatternStructure(String text) {

	private static final Pattern WILDCARD_SEGMENT = Pattern.compile("(?<=/)\\*{1,2}(?=/|$)");

	static PatternStructure of(String pattern) {
		StringBuilder text = new StringBuilder();
		for (Token token : Token.split(pattern)) {
			text.append(token.variable() ? "{" + withoutName(token.text()) + "}" : token.text());
		}
		return new PatternStructure(withoutWildcards(text.toString()));
	}

	private static String withoutName(String variable) {
		if (variable.startsWith("*")) {
			return "*";
		}
		int colon = variable.indexOf(':');
		return (colon >= 0) ? variable.substring(colon) : "";
	}

	/**
	 * A wildcard that is a whole segment equals a variable without a name.
	 */
	private static String withoutWildcards(String pattern) {
		return WILDCARD_SEGMENT.matcher(pattern).replaceAll((match) -> match.group().equals("*") ? "{}" : "{*}");
	}

}
