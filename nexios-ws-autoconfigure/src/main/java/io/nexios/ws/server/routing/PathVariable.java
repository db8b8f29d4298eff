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
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * A variable of a path template.
 *
 * @param name the name
 * @param regex the regular expression for its value, or {@code null}
 * @param rest whether it matches the rest of the path
 * @param converter the converter that it names, or {@code null}
 * @author Nexios Team
 */
record PathVariable(String name, @Nullable String regex, boolean rest, @Nullable PathConverter converter) {

	private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierStart}[\\p{javaJavaIdentifierPart}-]*");

	/**
	 * Text that looks like the name of a converter and not like a regular expression.
	 */
	private static final Pattern WORD = Pattern.compile("\\s*[a-zA-Z_]\\w*\\s*");

	static PathVariable parse(String text, RouteDefinition definition) {
		boolean rest = text.startsWith("*");
		int colon = text.indexOf(':');
		String name = text.substring(rest ? 1 : 0, (colon >= 0) ? colon : text.length());
		if (!NAME.matcher(name).matches()) {
			throw definition.invalid("has a variable '{" + text + "}' without a proper name.",
					"Start it with a name of letters, digits, '_' and '-': {id}, {id:int}, {*rest}.");
		}
		if (rest && colon >= 0) {
			throw definition.invalid("restricts the variable '{" + text + "}', which matches the rest of the path.",
					"Write {*" + name + "} alone.");
		}
		return (colon < 0) ? new PathVariable(name, null, rest, (rest ? null : PathConverter.STR))
				: constrained(name, text.substring(colon + 1), definition);
	}

	private static PathVariable constrained(String name, String constraint, RouteDefinition definition) {
		PathConverter converter = PathConverter.named(constraint);
		if (converter != null) {
			return new PathVariable(name, converter.regex(), converter == PathConverter.PATH, converter);
		}
		if (WORD.matcher(constraint).matches()) {
			throw definition.invalid("uses the converter '" + constraint + "', which does not exist.",
					"Use one of " + PathConverter.names() + ", or write a regular expression as {" + name + ":(?:"
							+ constraint.strip() + ")}.");
		}
		checkRegex(name, constraint, definition);
		return new PathVariable(name, constraint, false, null);
	}

	private static void checkRegex(String name, String regex, RouteDefinition definition) {
		if (regex.isEmpty()) {
			throw definition.invalid("has a variable '{" + name + ":}' without a converter after the colon.",
					"Name a converter, one of " + PathConverter.names() + ", or write {" + name + "}.");
		}
		if (regex.indexOf('/') >= 0) {
			throw definition.invalid("has a '/' in the regular expression of the variable '" + name + "'.",
					"A regular expression applies to one segment of the path. To match more, use {" + name
							+ ":path} or {*" + name + "} as the last segment.");
		}
		if (groups(name, regex, definition) > 0) {
			throw definition.invalid("has a capturing group in the regular expression of the variable '" + name + "'.",
					"Write (?:...) for every group.");
		}
	}

	private static int groups(String name, String regex, RouteDefinition definition) {
		try {
			return Pattern.compile(regex).matcher("").groupCount();
		}
		catch (PatternSyntaxException ex) {
			throw definition.invalid("has a regular expression for the variable '" + name + "' that cannot be read: "
					+ ex.getDescription() + ".", "Correct '" + regex + "'.");
		}
	}

	/**
	 * Return the variable in the syntax of Spring's path patterns.
	 * @return the variable with its braces
	 */
	String pattern() {
		return (this.regex != null) ? "{" + this.name + ":" + this.regex + "}" : unconstrained();
	}

	String unconstrained() {
		return (this.rest ? "{*" : "{") + this.name + "}";
	}

	@Nullable Object convert(String value) {
		return (this.converter != null) ? this.converter.convert(value) : value;
	}

}
