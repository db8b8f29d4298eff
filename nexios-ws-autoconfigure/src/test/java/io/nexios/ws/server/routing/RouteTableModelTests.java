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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares {@link RouteTable} with a naive model of routing, for random routes and paths.
 *
 * @author Nexios Team
 */
class RouteTableModelTests {

	private static final List<String> KINDS = List.of("a", "b", "ab", "{int}", "{slug}", "{float}", "{str}", "{}");

	private static final List<String> SEGMENTS = List.of("a", "b", "ab", "5", "-5", "1.5", "99999999999", "a.b", "");

	private final Random random = new Random(20260803);

	@Test
	void tableMatchesAsTheModelDoes() {
		int matches = 0;
		for (int i = 0; i < 2_000; i++) {
			List<List<String>> templates = templates();
			RouteTable routes = Routes.table(templates.stream().map(this::render).toArray(String[]::new));
			for (int j = 0; j < 20; j++) {
				List<String> segments = segments();
				RouteMatch match = routes.match("/" + String.join("/", segments));
				Integer expected = expected(templates, segments);
				assertThat((match != null) ? routes.routes().indexOf(match.route()) : null)
					.as("%s in %s", segments, routes.routes())
					.isEqualTo(expected);
				if (match != null) {
					matches++;
					assertThat(match.values().values().stream().map(Object::getClass).toList())
						.isEqualTo(types(templates.get(expected)));
				}
			}
		}
		assertThat(matches).isGreaterThan(2_000);
	}

	private List<List<String>> templates() {
		List<List<String>> templates = new ArrayList<>();
		Set<List<String>> structures = new HashSet<>();
		for (int i = 0; i < 8; i++) {
			List<String> template = pick(KINDS, 1 + this.random.nextInt(3));
			if (structures.add(template.stream().map((kind) -> kind.equals("{str}") ? "{}" : kind).toList())) {
				templates.add(template);
			}
		}
		return templates;
	}

	private List<String> segments() {
		return pick(SEGMENTS, 1 + this.random.nextInt(3));
	}

	private List<String> pick(List<String> from, int count) {
		return this.random.ints(count, 0, from.size()).mapToObj(from::get).toList();
	}

	private String render(List<String> template) {
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < template.size(); i++) {
			String kind = template.get(i);
			String inner = kind.replaceAll("[{}]", "");
			path.append('/')
				.append(!kind.startsWith("{") ? kind : "{v" + i + (inner.isEmpty() ? "" : ":" + inner) + "}");
		}
		return path.toString();
	}

	/**
	 * The one with the fewest variables, then the longest one with each variable counted
	 * as one character, then the one with the more constrained variables from left to
	 * right, then the first.
	 */
	private Integer expected(List<List<String>> templates, List<String> segments) {
		Map<String, Integer> candidates = new TreeMap<>();
		for (int i = 0; i < templates.size(); i++) {
			List<String> template = templates.get(i);
			if (accepts(template, segments)) {
				long variables = template.stream().filter((kind) -> kind.startsWith("{")).count();
				int length = template.stream().mapToInt((kind) -> kind.startsWith("{") ? 1 : kind.length()).sum();
				StringBuilder plain = new StringBuilder();
				template.stream()
					.filter((kind) -> kind.startsWith("{"))
					.forEach((kind) -> plain.append((kind.equals("{}") || kind.equals("{str}")) ? 1 : 0));
				candidates.put(String.format("%03d %03d %s %03d", variables, 999 - length, plain, i), i);
			}
		}
		return candidates.isEmpty() ? null : candidates.values().iterator().next();
	}

	private boolean accepts(List<String> template, List<String> segments) {
		if (template.size() != segments.size()) {
			return false;
		}
		for (int i = 0; i < template.size(); i++) {
			if (!accepts(template.get(i), segments.get(i))) {
				return false;
			}
		}
		return true;
	}

	private boolean accepts(String kind, String segment) {
		return switch (kind) {
			case "{int}" -> Arrays.asList("5", "-5").contains(segment);
			case "{float}" -> Arrays.asList("5", "-5", "1.5", "99999999999").contains(segment);
			case "{slug}" -> !segment.isEmpty() && !segment.contains(".");
			case "{str}", "{}" -> !segment.isEmpty();
			default -> kind.equals(segment);
		};
	}

	private List<Class<?>> types(List<String> template) {
		List<Class<?>> types = new ArrayList<>();
		for (String kind : template) {
			if (kind.startsWith("{")) {
				types
					.add(kind.equals("{int}") ? Integer.class : (kind.equals("{float}") ? Double.class : String.class));
			}
		}
		return types;
	}

}
