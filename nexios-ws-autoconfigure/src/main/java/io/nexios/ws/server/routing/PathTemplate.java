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

import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPattern.PathMatchInfo;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A parsed path. It has the patterns that Spring understands, and the variables that
 * Spring does not understand.
 *
 * @author Nexios Team
 */
final class PathTemplate {

	/**
	 * Sorts the more specific template first. A regular expression counts as one
	 * character, however long it is. It decides only between templates that are otherwise
	 * equal.
	 */
	static final Comparator<PathTemplate> SPECIFICITY = Comparator
		.comparing((PathTemplate template) -> template.unconstrained, PathPattern.SPECIFICITY_COMPARATOR)
		.thenComparing(PathTemplate::constraints, Comparator.reverseOrder());

	/**
	 * Spring's URL handler mappings use this pattern for their default handler, which
	 * gets every path of any length that no other handler serves.
	 */
	private static final String EVERYTHING = "/*";

	/**
	 * Has the meaning of {@link #EVERYTHING}.
	 */
	private static final String ONE_SEGMENT = "/?*";

	private final PatternStructure structure;

	private final PathPattern pattern;

	private final PathPattern unconstrained;

	private final List<PathVariable> variables;

	private PathTemplate(PatternStructure structure, PathPattern pattern, PathPattern unconstrained,
			List<PathVariable> variables) {
		this.structure = structure;
		this.pattern = pattern;
		this.unconstrained = unconstrained;
		this.variables = variables;
	}

	static PathTemplate parse(RouteDefinition definition) {
		List<Token> tokens = Token.split(definition.route().path());
		PathSyntax.check(literal(tokens), definition);
		Map<Token, PathVariable> variables = new LinkedHashMap<>();
		Set<String> names = new HashSet<>();
		for (Token token : tokens) {
			if (token.variable()) {
				PathVariable variable = PathVariable.parse(token.text(), definition);
				checkUnused(variable, names, definition);
				variables.put(token, variable);
			}
		}
		checkRestIsLast(tokens, variables, definition);
		String pattern = render(tokens, variables, PathVariable::pattern);
		String unconstrained = render(tokens, variables, PathVariable::unconstrained);
		return new PathTemplate(PatternStructure.of(pattern), compile(pattern, definition),
				compile(unconstrained, definition), List.copyOf(variables.values()));
	}

	/**
	 * Replace each variable with a character, so that the texts around it stay separate.
	 * Any character can be used.
	 * @param tokens the tokens of the path
	 * @return the path with a character in place of each variable
	 */
	private static String literal(List<Token> tokens) {
		return tokens.stream().map((token) -> token.variable() ? "x" : token.text()).collect(Collectors.joining());
	}

	private static void checkUnused(PathVariable variable, Set<String> names, RouteDefinition definition) {
		if (!names.add(variable.name())) {
			throw definition.invalid("has two variables named '" + variable.name() + "'.",
					"Rename one of them. One of them may be in the prefix of a router.");
		}
	}

	private static void checkRestIsLast(List<Token> tokens, Map<Token, PathVariable> variables,
			RouteDefinition definition) {
		variables.forEach((token, variable) -> {
			int index = tokens.indexOf(token);
			boolean segment = tokens.get(index - 1).text().endsWith("/");
			if (variable.converter() == PathConverter.PATH && (!segment || index != tokens.size() - 1)) {
				throw definition.invalid("has text next to the variable '{" + token.text() + "}'.",
						"The variable takes the rest of the path. It must be the whole last segment, also with the prefix of a router.");
			}
		});
	}

	private static String render(List<Token> tokens, Map<Token, PathVariable> variables,
			Function<PathVariable, String> syntax) {
		return tokens.stream().map((token) -> {
			PathVariable variable = variables.get(token);
			return (variable != null) ? syntax.apply(variable) : token.text();
		}).collect(Collectors.joining());
	}

	private static PathPattern compile(String pattern, RouteDefinition definition) {
		try {
			return PathPatternParser.defaultInstance.parse(pattern.equals(EVERYTHING) ? ONE_SEGMENT : pattern);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw definition.invalid("is not a path pattern: " + ex.getMessage() + ".",
					"Write it in the syntax of Spring's PathPattern.");
		}
	}

	/**
	 * Return which of the variables are constrained, the leftmost variable first.
	 * @return a character for each variable. It is greater if the variable is constrained
	 */
	private String constraints() {
		return this.variables.stream()
			.map((variable) -> (variable.regex() != null) ? "1" : "0")
			.collect(Collectors.joining());
	}

	PatternStructure structure() {
		return this.structure;
	}

	PathPattern pattern() {
		return this.pattern;
	}

	@Nullable RouteMatch match(Route route, PathContainer path) {
		PathMatchInfo info = this.pattern.matchAndExtract(path);
		return (info != null) ? convert(route, info.getUriVariables()) : null;
	}

	private @Nullable RouteMatch convert(Route route, Map<String, String> raw) {
		if (this.variables.isEmpty()) {
			return new RouteMatch(route, Map.of(), Map.of());
		}
		Map<String, String> texts = new LinkedHashMap<>();
		Map<String, Object> values = new LinkedHashMap<>();
		for (PathVariable variable : this.variables) {
			String text = raw.getOrDefault(variable.name(), "");
			Object value = variable.convert(text);
			if (value == null) {
				return null;
			}
			texts.put(variable.name(), (value instanceof String string) ? string : text);
			values.put(variable.name(), value);
		}
		return new RouteMatch(route, Collections.unmodifiableMap(texts), Collections.unmodifiableMap(values));
	}

}
