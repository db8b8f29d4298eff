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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that a path template must not contain, because no path of a request would ever
 * match it.
 *
 * @author Nexios Team
 */
enum PathSyntax {

	BRACE("[{}]", "has a '%s' without a matching brace", "Close every variable: /chat/{room}."),

	SCHEME("://", "has a scheme ('%s')", "Write only the path, without scheme and host: /chat."),

	QUERY("\\?", "has a query ('%s')",
			"Write only the path. The handler reads the query with queryParam(..). To match any text in a segment, use a variable."),

	FRAGMENT("#", "has a fragment ('%s')", "Write only the path. A client never sends the fragment."),

	BACKSLASH("\\\\", "has a backslash ('%s')", "Separate segments by '/'."),

	SPACE("[\\s\\p{Cntrl}\\p{Z}]", "has whitespace or a control character", "Remove it."),

	EMPTY_SEGMENT("//", "has an empty segment ('%s')", "Write a single '/'."),

	DOT_SEGMENT("(?<=/)\\.{1,2}(?=/|$)", "has a relative segment ('%s')", "Write the complete path."),

	PARAMETER(";", "has a path parameter ('%s')", "Remove it. Path parameters are ignored in matching."),

	ENCODED("%[0-9a-fA-F]{2}", "has an encoded character ('%s')",
			"Write the character itself. Paths are decoded before they are matched.");

	private final Pattern offence;

	private final String problem;

	private final String action;

	PathSyntax(String offence, String problem, String action) {
		this.offence = Pattern.compile(offence);
		this.problem = problem;
		this.action = action;
	}

	static void check(String literal, RouteDefinition definition) {
		for (PathSyntax rule : values()) {
			Matcher matcher = rule.offence.matcher(literal);
			if (matcher.find()) {
				throw definition.invalid(rule.problem.formatted(matcher.group()) + ".", rule.action);
			}
		}
	}

}
